"""What the days ahead bring, and what went wrong of itself: nobody's task yet, but soon somebody's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_finance_officer, is_officer
from conduct.queries.days import now, today
from dashboards.queries.assistance import OPEN, milestones_that, milestones_visible_to
from dashboards.queries.waiting import WaitingWork
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.needs.queries import meetings_visible_to
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Award, Voucher
from vouchers.awards.queries import awards_visible_to, vouchers_visible_to
from vouchers.payments.bank.models import StatementLine
from vouchers.payments.bank.queries import lines_visible_to
from vouchers.payments.bank.queries.lines import PROPOSED
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.queries import orders_visible_to

AHEAD = timedelta(days=7)


def days_ahead(user: User) -> Iterator[WaitingWork]:
    """What the next seven days bring of the vouchers that the person may read, and failed payments."""
    if (is_officer | is_coordinator | is_auditor).test(user):
        yield _offers()
        yield _milestones()
        yield _meetings()
        yield _ending()
    if (is_finance_officer | is_coordinator | is_auditor).test(user):
        yield _failed_payments()
        yield _unmatched_lines()


def _offers() -> WaitingWork:
    return WaitingWork(
        "offers-lapsing",
        _("Offers that lapse"),
        lambda user: (
            awards_visible_to(user)
            .filter(state=Award.State.OFFERED, accept_by__lte=today() + AHEAD)
            .order_by("accept_by", "pk")
        ),
        "",
        Award.get_absolute_url,
        label=lambda found: str(found.application),
        amount=attrgetter("amount"),
    )


def _milestones() -> WaitingWork:
    return WaitingWork(
        "milestones-due",
        _("Milestones that are due"),
        lambda user: (
            milestones_visible_to(user)
            .filter(milestones_that(OPEN), due_on__range=(today(), today() + AHEAD))
            .select_related("plan__voucher__award__application__cluster")
            .order_by("due_on", "pk")
        ),
        reverse("dashboards:milestones"),
        _address_of_milestone,
        label=_milestone_with_cluster,
        amount=attrgetter("amount"),
    )


def _address_of_milestone(found: Milestone) -> str:
    return f"{found.plan.voucher.get_absolute_url()}#plan"


def _milestone_with_cluster(found: Milestone) -> str:
    # The names may be in scripts of two directions.
    return f"\u2068{found.plan.voucher.award.application.cluster}\u2069 · \u2068{found.title}\u2069"


def _meetings() -> WaitingWork:
    return WaitingWork(
        "meetings-ahead",
        _("Meetings"),
        lambda user: (
            meetings_visible_to(user)
            .filter(state=Meeting.State.AGREED, starts_at__range=(now(), now() + AHEAD))
            .order_by("starts_at", "pk")
        ),
        reverse("needs:calendar"),
        Meeting.get_absolute_url,
    )


def _ending() -> WaitingWork:
    return WaitingWork(
        "vouchers-ending",
        _("Vouchers whose time ends"),
        lambda user: (
            vouchers_visible_to(user)
            .filter(state=Voucher.State.ACTIVE, valid_until__range=(today(), today() + AHEAD))
            .order_by("valid_until", "pk")
        ),
        reverse("dashboards:vouchers"),
        Voucher.get_absolute_url,
        amount=attrgetter("balance"),
    )


def _failed_payments() -> WaitingWork:
    """What the bank sent back of claims that nothing else pays."""
    return WaitingWork(
        "payments-returned",
        _("Payments that the bank returned"),
        lambda user: (
            orders_visible_to(user)
            .filter(state=PaymentOrder.State.RETURNED, claim__state=Claim.State.APPROVED)
            .order_by("ordered_at", "pk")
        ),
        reverse("payments:orders"),
        lambda found: found.claim.get_absolute_url(),
        amount=attrgetter("amount"),
    )


def _unmatched_lines() -> WaitingWork:
    return WaitingWork(
        "lines-unmatched",
        _("Lines of the bank that match no payment"),
        lambda user: (
            lines_visible_to(user)
            .filter(stands=PROPOSED, proposal=None)
            .order_by("booked_on", "pk")
        ),
        reverse("bank:statements"),
        StatementLine.get_absolute_url,
        amount=attrgetter("amount"),
    )
