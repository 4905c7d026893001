"""Which points somebody reads, and for which side they read."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.assistance.deliverables.models import Deliverable, DeliverablePoint, PointSide
from vouchers.assistance.deliverables.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
)


def side_that_judges(user: User, deliverable: Deliverable) -> str | None:
    """For which side the person reads versions of a milestone; None for everybody else."""
    voucher = deliverable.milestone.plan.voucher
    if may_accept_for_partner.test(user, voucher):
        return PointSide.PARTNER
    if may_accept_for_cluster.test(user, voucher):
        return PointSide.CLUSTER
    return None


@for_system("of a version that the page has found, for a side that was judged")
def points_shown(deliverable: Deliverable, side: str | None) -> list[DeliverablePoint]:
    """The points that were sent, and those that the `side` noted and has not sent yet."""
    shown = Q(sent_at__isnull=False) | Q(side=side or "")
    return list(_with_answers(deliverable.points.filter(shown)))


@for_system("of a version that the page has found, for a side that was judged")
def unsent_before(deliverable: Deliverable, side: str | None) -> list[DeliverablePoint]:
    """What the `side` noted on earlier versions that the other side returned first."""
    earlier = DeliverablePoint.objects.filter(
        deliverable__milestone=deliverable.milestone_id,
        deliverable__number__lt=deliverable.number,
        side=side or "",
        sent_at=None,
    )
    return list(earlier.select_related("deliverable", "made_by").order_by("pk"))


def _with_answers(points: QuerySet[DeliverablePoint]) -> QuerySet[DeliverablePoint]:
    return points.select_related("made_by", "answer__version").order_by("pk")
