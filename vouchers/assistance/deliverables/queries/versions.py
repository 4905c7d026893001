"""Versions, their files and points, scoped to who asks."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from conduct.queries.days import day_of, today
from conduct.queries.scoping import for_system
from vouchers.assistance.deliverables.models import (
    Deliverable,
    DeliverableFile,
    DeliverablePoint,
)
from vouchers.assistance.deliverables.rules.clocks import Clock
from vouchers.assistance.plans.models import Milestone, Plan, PlannedDeliverable
from vouchers.awards.queries import award_within_reach

_VOUCHER = "milestone__plan__voucher"


def deliverables_visible_to(user: User) -> QuerySet[Deliverable]:
    """The versions handed in for the vouchers that the person may read, with what pages name."""
    return Deliverable.objects.filter(
        award_within_reach(user, "milestone__plan__voucher__award__")
    ).select_related(
        f"{_VOUCHER}__award__application__cluster",
        f"{_VOUCHER}__award__application__call",
        f"{_VOUCHER}__award__application__country__partner",
        *("milestone__removed_in", "milestone__plan__in_force", "submitted_by"),
        *("submitted_through__contract__provider", "cluster_accepted_by", "accepted_by"),
        "returned_by",
    )


def files_visible_to(user: User) -> QuerySet[DeliverableFile]:
    """The files of those versions."""
    return DeliverableFile.objects.filter(deliverable__in=deliverables_visible_to(user))


def points_visible_to(user: User) -> QuerySet[DeliverablePoint]:
    """The points of those versions; who may do something with one is judged by the action."""
    return DeliverablePoint.objects.filter(
        deliverable__in=deliverables_visible_to(user)
    ).select_related("deliverable__milestone__plan__voucher")


def deliverables_to_accept(user: User) -> QuerySet[Deliverable]:
    """What the clusters of an officer's countries have accepted and the officer has not yet."""
    return (
        deliverables_visible_to(user)
        .filter(
            state=Deliverable.State.CLUSTER_ACCEPTED,
            milestone__plan__voucher__award__application__country_id__in=user.officer_countries,
        )
        .order_by("cluster_accepted_at")
    )


def milestones_with_deliverables(plan: Plan) -> QuerySet[Milestone]:
    """The milestones of the plan in force, each with its versions, newest first; three queries.

    Those that an amendment removed come last, as far as something was handed in for them.
    """
    handed_in = Deliverable.objects.order_by("-number").select_related(
        "milestone__plan__voucher", "submitted_by", "submitted_through__contract__provider"
    )
    return (
        plan.milestones.filter(
            Q(removed_in=None) | Exists(handed_in.filter(milestone=OuterRef("pk")))
        )
        .select_related("removed_in")
        .prefetch_related(
            Prefetch("deliverables", queryset=handed_in),
            Prefetch("deliverables__files", queryset=DeliverableFile.objects.order_by("pk")),
        )
        .order_by(F("removed_in").asc(nulls_first=True), "position")
    )


@for_system("what a version follows is a fact of the milestone")
def newest_of(milestone: Milestone) -> Deliverable | None:
    """The version of the highest number."""
    return Deliverable.objects.filter(milestone=milestone).order_by("-number").first()


@for_system("asked of a milestone that the page has found")
def versions_of(milestone: Milestone) -> list[Deliverable]:
    """All versions, the newest first, with their files, points and answers."""
    return list(
        Deliverable.objects.filter(milestone=milestone)
        .select_related("submitted_by", "submitted_through__contract__provider", "returned_by")
        .prefetch_related("files")
        .order_by("-number")
    )


@for_system("asked of a version that the page has found")
def open_points(earlier: Deliverable) -> list[DeliverablePoint]:
    """The points with which a version was returned, which the next one answers."""
    if earlier.state != Deliverable.State.RETURNED:
        return []
    return list(earlier.points.filter(sent_at__isnull=False).order_by("pk"))


def expected_of(milestone: Milestone) -> list[str]:
    """What the plan in force says is handed in for a milestone, in its order."""
    found = PlannedDeliverable.objects.filter(
        version__plan=milestone.plan_id,
        version__state="in_force",
        milestone__key=milestone.key,
    )
    return list(found.order_by("position").values_list("title", flat=True))


def is_delivered(milestone: Milestone) -> bool:
    """Whether cluster and partner have accepted a deliverable of the milestone."""
    return milestone.deliverables.filter(state=Deliverable.State.ACCEPTED).exists()


def clock_of(deliverable: Deliverable) -> Clock | None:
    """Since when the next step is awaited, and the days that the call gives; None once accepted."""
    taken = {
        Deliverable.State.SUBMITTED: deliverable.submitted_at,
        Deliverable.State.CLUSTER_ACCEPTED: deliverable.cluster_accepted_at,
        Deliverable.State.RETURNED: deliverable.returned_at,
    }.get(Deliverable.State(deliverable.state))
    if taken is None:
        return None
    voucher = deliverable.milestone.plan.voucher
    zone = voucher.country.zone
    return Clock(day_of(taken, zone), today(zone), voucher.award.application.call.days_of_a_turn)
