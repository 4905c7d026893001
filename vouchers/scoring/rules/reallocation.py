"""Vouchers that a country cannot fill, and which countries they go to: pure functions.

The one specification of rule 8 of the ranking and of what a selection may award, where the rule of
the call (`Call.unfilled_quota`) lets vouchers go elsewhere:

1.  A country cannot fill its vouchers when it awards fewer than its quota and nobody waits there for
    one: neither on its reserve list nor, in a ranking, tied at its edge.
2.  A country that awards more than its quota takes what others cannot fill, as far as that goes.
    Givers give in the order of their ISO codes, so that what is taken and what is given are equal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping


def unfilled(quota: int, awarded: int, *, somebody_waits: bool) -> int:
    """How many of its vouchers a country cannot fill."""
    return 0 if somebody_waits else max(0, quota - awarded)


def reallocated(
    quotas: Mapping[str, int], awarded: Mapping[str, int], waiting: Collection[str]
) -> dict[str, int]:
    """How many vouchers each country takes (above zero) or gives (below).

    All by ISO code: `quotas` and `awarded` in vouchers, `waiting` the countries in which somebody
    waits.
    """
    moved = dict.fromkeys(quotas, 0)
    free = {
        country: unfilled(quota, awarded.get(country, 0), somebody_waits=country in waiting)
        for country, quota in quotas.items()
    }
    for taker in sorted(quotas):
        wanted = max(0, awarded.get(taker, 0) - quotas[taker])
        for giver in sorted(quotas):
            number = min(wanted, free[giver])
            free[giver] -= number
            moved[giver] -= number
            moved[taker] += number
            wanted -= number
    return moved
