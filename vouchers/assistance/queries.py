"""Reads of what happens with vouchers, scoped to who asks."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to

from .models import Deliverable
from .plans.models import Milestone, Plan
from .plans.queries import version_to_buy


def deliverables_visible_to(user: User) -> QuerySet[Deliverable]:
    """The deliverables of the vouchers that the person may read, with milestone and voucher."""
    return Deliverable.objects.filter(
        milestone__plan__voucher__in=vouchers_visible_to(user)
    ).select_related(
        "milestone__plan__voucher__award__application__cluster", "milestone__removed_in"
    )


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
    """The milestones of the plan in force, each with its deliverables, newest first; two queries.

    Those that an amendment removed come last, as far as something was handed in for them.
    """
    handed_in = Deliverable.objects.order_by("-submitted_at").select_related("milestone")
    return (
        plan.milestones.filter(
            Q(removed_in=None) | Exists(handed_in.filter(milestone=OuterRef("pk")))
        )
        .select_related("removed_in")
        .prefetch_related(Prefetch("deliverables", queryset=handed_in))
        .order_by(F("removed_in").asc(nulls_first=True), "position")
    )


def returned_deliverable_of(milestone: Milestone) -> Deliverable | None:
    """The deliverable that was returned last, where none stands for the milestone."""
    last = milestone.deliverables.order_by("-submitted_at").first()
    return last if last is not None and last.state == Deliverable.State.RETURNED else None


def is_delivered(milestone: Milestone) -> bool:
    """Whether cluster and partner have accepted a deliverable of the milestone."""
    return milestone.deliverables.filter(state=Deliverable.State.ACCEPTED).exists()


def terms_from_plan(voucher: Voucher) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the plan of a voucher says for terms of reference, and its milestones, where there is one."""
    version = version_to_buy(voucher)
    told: dict[str, Any] = {
        "title": "",
        "ceiling": voucher.amount,
        "shows_ceiling": True,
        "language": voucher.award.application.language,
    }
    if version is None:
        return told, []
    milestones = list(version.milestones.all())
    told |= {
        "scope": "\n\n".join([version.aim, *(one.text for one in version.objectives.all())]),
        "deliverables_text": "\n".join(one.title for one in version.deliverables.all()),
        "days": version.total_days,
        "ceiling": min(version.total or voucher.amount, voucher.amount),
    }
    return told, [
        {"title": one.title, "days": one.days, "due_on": one.due_on} for one in milestones
    ]
