"""What an assessor has to do: how far they are in a call, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from accounts.models import User
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.rounds.models import ScoringRound

from .assignments import ACTIVE_STATES, assignments_of

TO_DO = [Assignment.State.ASSIGNED, Assignment.State.CLEARED]


@dataclass(frozen=True)
class Progress:
    """How many of a person's assessments in one call are submitted."""

    done: int
    of: int

    @property
    def left(self) -> int:
        return self.of - self.done


@dataclass(frozen=True)
class CallProgress:
    """A call in which a person scores, and how far they are."""

    call: str
    progress: Progress


# What is to be done comes first, what is due first on top; the key follows.
WORKLIST_ORDER = ("is_done", "due_at", "assigned_at")


def worklist_of(user: User) -> QuerySet[Assignment]:
    """What the person was asked to score, in the order in which it is best done."""
    return with_done(assignments_of(user).select_related("assessment")).order_by(
        *WORKLIST_ORDER, "pk"
    )


def with_done(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """The assignments, each knowing as `is_done` whether it is scored (1) or not (0)."""
    # As letters would have it, "scored" comes after "assigned" and "cleared".
    scored = When(state=Assignment.State.SCORED, then=Value(1))
    return assignments.annotate(is_done=Case(scored, default=Value(0)))


def progress_by_call(user: User) -> list[CallProgress]:
    """How far the person is in each call in which something is left to do; one query."""
    rows = (
        assignments_of(user)
        .order_by()
        .values(name=F("application__call__name"), call=F("application__call"))
        .annotate(of=Count("pk"), done=Count("pk", filter=Q(state=Assignment.State.SCORED)))
        .filter(of__gt=F("done"))
        .order_by("call")
    )
    return [CallProgress(row["name"], Progress(row["done"], row["of"])) for row in rows]


def progress_in(user: User, call: Call) -> Progress:
    """How far the person is in one call."""
    counted = Assignment.objects.filter(
        assessor=user, application__call=call, state__in=ACTIVE_STATES
    ).aggregate(of=Count("pk"), done=Count("pk", filter=Q(state=Assignment.State.SCORED)))
    return Progress(counted["done"], counted["of"])


def next_after(current: Assignment) -> Assignment | None:
    """The person's next assignment in the same call that is not submitted, from here on and round."""
    later = Q(due_at__gt=current.due_at) | Q(due_at=current.due_at, pk__gt=current.pk)
    return (
        Assignment.objects.filter(
            assessor=current.assessor_id,
            application__call=current.application.call_id,
            state__in=TO_DO,
        )
        .exclude(pk=current.pk)
        .select_related("application__cluster")
        .order_by(Case(When(later, then=Value(0)), default=Value(1)), "due_at", "pk")
        .first()
    )


def calls_to_score_offline(user: User) -> QuerySet[Call]:
    """The calls in which the person has something to score without a line."""
    return Call.objects.filter(
        pk__in=assignments_of(user)
        .filter(state=Assignment.State.CLEARED, application__state=Application.State.ELIGIBLE)
        .order_by()
        .values("application__call")
    ).exclude(scoring_round__state=ScoringRound.State.CLOSED)
