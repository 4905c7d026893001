"""Who acts for a cluster in a voucher."""

from __future__ import annotations

from datetime import date
from typing import cast

from accounts.models import User
from conduct.queries.days import day_of
from vouchers.awards.models import Succession, Voucher


def acts_for(voucher: Voucher) -> tuple[User, date]:
    """Who acts for the cluster in the voucher, and since which day of its country.

    It is whoever was named last, else who accepted the award; that it still is a manager of the
    cluster is not said. One query.
    """
    last = Succession.objects.filter(voucher=voucher).select_related("person").first()
    if last is not None:
        return last.person, last.since
    award = voucher.award
    signed = award.answered_at or voucher.issued_at
    # An accepted award says by whom.
    return cast(User, award.answered_by), day_of(signed, voucher.country.zone)
