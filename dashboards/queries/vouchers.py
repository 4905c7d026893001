"""Vouchers as lists show them, scoped to who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from inputs.queries import with_words
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to


def vouchers_matching(user: User, *, text: str = "", state: str = "") -> QuerySet[Voucher]:
    """The vouchers that the person may read, with `text` in reference or cluster, in `state`."""
    vouchers = vouchers_visible_to(user)
    if text:
        vouchers = with_words(
            vouchers,
            text,
            "award__application__reference",
            "award__application__cluster__name",
            "award__application__cluster__aliases",
        )
    if state:
        vouchers = vouchers.filter(state=state)
    return vouchers.order_by("-issued_at", "-pk")


def vouchers_without_needs(user: User) -> QuerySet[Voucher]:
    """The active vouchers in an officer's countries whose needs are not assessed yet."""
    return vouchers_visible_to(user).filter(
        state=Voucher.State.ACTIVE,
        needs_assessments=None,
        award__application__country_id__in=user.officer_countries,
    )
