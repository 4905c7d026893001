"""Milestones and sessions over all vouchers that a person may read."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import pgettext_lazy

from accounts.models import User
from conduct.queries.days import today
from conduct.queries.scoping import for_system
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach

OPEN, LATE, ACCEPTED, UNCLAIMED = "open", "late", "accepted", "unclaimed"
MILESTONES = [
    (OPEN, pgettext_lazy("milestones", "not accepted yet")),
    (LATE, pgettext_lazy("milestones", "late")),
    (ACCEPTED, pgettext_lazy("milestones", "accepted")),
    (UNCLAIMED, pgettext_lazy("milestones", "not fully claimed yet")),
]
COUNTED = "counted"
SESSIONS = [(COUNTED, pgettext_lazy("sessions", "logged or confirmed"))]
_GOES_ON = Q(plan__voucher__state__in=[Voucher.State.ACTIVE, Voucher.State.SUSPENDED])


def milestones_visible_to(user: User) -> QuerySet[Milestone]:
    """The milestones of the plans in force of the vouchers that the person may read."""
    return Milestone.objects.filter(
        award_within_reach(user, "plan__voucher__award__"), removed_in=None
    )


def all_sessions_visible_to(user: User) -> QuerySet[Session]:
    """The sessions of the vouchers that the person may read, without what their pages name."""
    return Session.objects.filter(award_within_reach(user, "voucher__award__"))


def milestones_that(which: str) -> Q:
    """The condition on milestones that have come so far, one of MILESTONES.

    Late is what was due and is not accepted of a voucher that goes on; not claimed what can still be.
    """
    is_accepted = Q(Exists(_accepted_of_milestone()))
    if which == ACCEPTED:
        return is_accepted
    if which == UNCLAIMED:
        return _GOES_ON & Q(claimed__lt=F("amount"))
    is_open = _GOES_ON & ~is_accepted
    return is_open & Q(due_on__lt=today()) if which == LATE else is_open


def sessions_that(which: str) -> Q:
    """The condition on sessions that count, or are in a state."""
    return Q(state__in=Session.STANDING) if which == COUNTED else Q(state=which)


@for_system("milestones that the caller has found within its scope")
def with_progress(milestones: QuerySet[Milestone]) -> QuerySet[Milestone]:
    """The milestones with what their rows show: voucher and cluster, and what was handed in last."""
    newest = (
        Deliverable.objects.filter(milestone=OuterRef("pk"))
        .exclude(state=Deliverable.State.RETURNED)
        .order_by("-number")
    )
    return milestones.select_related(
        "plan__voucher__award__application__cluster",
        "plan__voucher__award__application__country",
        "plan__voucher__award__application__call",
    ).annotate(handed_in=Subquery(newest.values("state")[:1]))


@for_system("a condition on one milestone; who may read it is the question of its list")
def _accepted_of_milestone() -> QuerySet[Deliverable]:
    return Deliverable.objects.filter(milestone=OuterRef("pk"), state=Deliverable.State.ACCEPTED)
