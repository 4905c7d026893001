"""Vouchers as lists show them, scoped to who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to


def vouchers_without_needs(user: User) -> QuerySet[Voucher]:
    """The active vouchers in an officer's countries whose needs are not assessed yet."""
    return vouchers_visible_to(user).filter(
        state=Voucher.State.ACTIVE,
        needs_assessments=None,
        award__application__country_id__in=user.officer_countries,
    )
