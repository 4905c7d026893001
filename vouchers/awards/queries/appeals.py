"""Reads of requests for review, scoped to who asks."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.queries import represented_by
from vouchers.applications.queries import shut_to
from vouchers.awards.models import Appeal, Decision
from vouchers.awards.permissions import may_read_selection


def appeals_visible_to(user: User) -> QuerySet[Appeal]:
    """Requests for review: the cluster's own; all of them for coordinators and auditors."""
    appeals = Appeal.objects.select_related(
        "decision__application__cluster",
        "decision__application__country__partner",
        "decision__application__call",
        "decision__selection_round",
        "made_by",
        "decided_by",
    )
    if not user.is_authenticated:
        return appeals.none()
    own = Q(decision__application__cluster__in=represented_by(user))
    if not may_read_selection.test(user):
        return appeals.filter(own)
    recused = shut_to(user)
    return appeals.exclude(decision__application__in=recused)


def appeals_to_decide(user: User) -> QuerySet[Appeal]:
    """The open requests for review that wait for the person, the oldest first.

    Who proposed a selection never decides on one; who approved it is named where nobody else is.
    """
    found = appeals_visible_to(user).filter(state=Appeal.State.OPEN)
    waiting = found.exclude(decision__selection_round__proposed_by=user)
    others = people_holding(Role.COORDINATOR).exclude(pk=user.pk)
    free = others.exclude(pk__in=[OuterRef("decision__selection_round__proposed_by")]).exclude(
        recusals__application=OuterRef("decision__application")
    )
    return (
        waiting.annotate(somebody_else=Exists(free))
        .exclude(decision__selection_round__decided_by=user, somebody_else=True)
        .order_by("made_at")
    )


def appeal_against(decision: Decision) -> Appeal | None:
    """The request for review of the decision, where one was made."""
    return Appeal.objects.filter(decision=decision).first()
