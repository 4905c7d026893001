"""Vouchers as lists show them, scoped to who asks."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from clusters.queries import published_pages
from inputs.queries import with_words
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.calls.models import Call


def supported_vouchers(call: Call | None = None) -> QuerySet[Voucher]:
    """The vouchers that the programme gave (in `call`), by country and cluster, for everybody.

    Who received EU money is public; each comes with plan, provider and report, and whether
    its cluster has a public page (`has_page`).
    """
    vouchers = Voucher.objects.select_related(
        "award__application__cluster",
        "award__application__country__partner",
        "award__application__call",
        "plan__provider",
        "final_report",
    ).prefetch_related("plan__milestones")
    page = published_pages().filter(cluster=OuterRef("award__application__cluster"))
    vouchers = vouchers.annotate(has_page=Exists(page.order_by()))
    if call is not None:
        vouchers = vouchers.filter(award__application__call=call)
    return vouchers.order_by(
        "-award__application__call__opens_at",
        "award__application__country_id",
        "award__application__cluster__name",
    )


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
