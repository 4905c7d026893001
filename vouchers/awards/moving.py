"""Vouchers that a country cannot fill, and which countries they go to: a pure function.

Specification: what becomes of such vouchers is a rule of the call (`Call.unfilled_quota`).

1.  `leave`: they stay unused; no country gives or takes any.
2.  A country cannot fill its vouchers when it awards fewer than its quota and leaves nobody on the
    reserve list: whoever waits there comes first.
3.  `next` and `decide`: a country that awards more than its quota takes what others cannot fill, as
    far as that goes. Givers give in the order of their ISO codes, so that what is moved in and what
    is moved out are equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from vouchers.calls.models import Call, CountryQuota, UnfilledQuota

from .models import Outcome


def moved_vouchers(
    call: Call, given: Mapping[CountryQuota, Counter[str]]
) -> dict[CountryQuota, int]:
    """How many vouchers each country takes (above zero) or gives, from its outcomes."""
    moved = dict.fromkeys(given, 0)
    if call.unfilled_quota == UnfilledQuota.LEAVE:
        return moved
    by_country = sorted(given, key=lambda quota: quota.country_id)
    free = {quota: _unfilled(quota, given[quota]) for quota in by_country}
    for taker in by_country:
        wanted = max(0, given[taker][Outcome.AWARD] - taker.vouchers)
        for giver in by_country:
            number = min(wanted, free[giver])
            free[giver] -= number
            moved[giver] -= number
            moved[taker] += number
            wanted -= number
    return moved


def _unfilled(quota: CountryQuota, outcomes: Counter[str]) -> int:
    if outcomes[Outcome.RESERVE]:
        return 0
    return max(0, quota.vouchers - outcomes[Outcome.AWARD])
