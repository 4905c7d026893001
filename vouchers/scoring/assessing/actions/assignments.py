"""Writes about who scores what: assigning, declining, taking back, asking somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    NoSpace,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from notices.actions import notify, notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.applications.queries import officers_told_of
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import AssessorProfile, Assignment
from vouchers.scoring.assessing.permissions import may_assign, may_declare
from vouchers.scoring.assessing.queries.assignments import ACTIVE_STATES, possible_assessors
from vouchers.scoring.rounds.actions import open_round_of


@action(gettext_lazy("Assessor assigned"))
def assign_assessor(application: Application, assessor: User, *, by: User) -> Assignment:
    """Ask somebody to score an eligible application.

    Raises Refused when the person may not score it (no assessor, an applicant of the same call,
    recused, or assigned before).
    """
    application = judged(application, may_assign, by=by, states=[Application.State.ELIGIBLE])
    scoring_round = open_round_of(application.call)
    if not possible_assessors(application).filter(pk=assessor.pk).exists():
        raise Refused(_("%(person)s cannot score this application.") % {"person": assessor})
    _require_capacity(application, assessor)
    with constraints_of(Assignment):
        assignment = Assignment.objects.create(
            application=application,
            assessor=assessor,
            assigned_by=by,
            due_at=_due(scoring_round.due_at),
        )
    notify(
        assessor,
        "scoring-assigned",
        facts=application_facts(application),
        about=assignment,
    )
    return assignment


@action(gettext_lazy("Assessors assigned"))
def assign_together(
    call: Call, pairs: Sequence[tuple[Application, User]], *, by: User
) -> list[Assignment]:
    """Ask several people at once, all of them or nobody.

    Raises Refused with a sentence for each pair that has become impossible meanwhile.
    """
    made, problems = [], []
    for application, assessor in sorted(pairs, key=lambda pair: pair[0].pk):
        try:
            made.append(assign_assessor(application, assessor, by=by))
        except NoSpace:
            raise
        except Refused as refusal:
            problems.append(f"{application.reference}: {refusal}")
    if problems:
        raise Refused(" ".join(problems))
    if not made:
        raise Refused(_("Choose at least one assessor."))
    return made


@action(gettext_lazy("Assessor released"))
def release_assessor(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Take an assignment back from somebody who does not score; who has scored stays."""
    assignment = locked(assignment)
    require(may_assign, by, assignment.application)
    move(assignment, Assignment.State.RELEASED)
    assignment.save()
    return assignment


def _require_capacity(application: Application, assessor: User) -> None:
    """Raise Refused when the person has as many applications of the call as they can take."""
    profile = AssessorProfile.objects.filter(user=assessor).first()
    if profile is None or profile.capacity is None:
        return
    held = Assignment.objects.filter(
        application__call=application.call, assessor=assessor, state__in=ACTIVE_STATES
    ).count()
    if held >= profile.capacity:
        raise Refused(
            _("%(person)s has as many applications as they can take.") % {"person": assessor}
        )


# Whoever is asked after, or shortly before, the last instant of the round still has some days.
_AT_LEAST = timedelta(days=7)


def _due(round_due: datetime) -> datetime:
    return max(round_due, timezone.now() + _AT_LEAST)


OPEN_STATES = (Assignment.State.ASSIGNED, Assignment.State.CLEARED)
# Whoever is replaced from one of these keeps the state, which says why.
GONE_STATES = (
    Assignment.State.CONFLICTED,
    Assignment.State.DECLINED,
    Assignment.State.RELEASED,
)


@action(gettext_lazy("Assignment declined"))
def decline_assignment(assignment: Assignment, *, reason: str, by: User) -> Assignment:
    """An assessor gives an assignment back; the partner is notified to ask somebody else.

    Raises Refused without a reason, OutOfOrder once the scores are submitted.
    """
    assignment = judged(assignment, may_declare, by=by)
    require_words(reason, _("Say in a few words why you cannot score the application."))
    move(assignment, Assignment.State.DECLINED)
    assignment.decline_reason = reason
    assignment.save()
    application = assignment.application
    notify_each(
        officers_told_of(application),
        "scoring-declined",
        but=by,
        facts={**application_facts(application), "assessor": str(by), "reason": reason},
        url=reverse("scoring:application", args=[application.pk]),
        about=application,
    )
    return assignment


@action(gettext_lazy("Assessor replaced"))
def replace_assessor(
    assignment: Assignment, assessor: User, *, reason: str, by: User
) -> Assignment:
    """Ask somebody else in place of one who declined, has a conflict, or has not scored.

    Whoever had the assignment still is released from it. Raises Refused when a replacement was
    asked already or the new person cannot score the application, OutOfOrder once it is scored.
    """
    assignment = locked(assignment)
    require(may_assign, by, assignment.application)
    require_state(assignment, *OPEN_STATES, *GONE_STATES)
    if Assignment.objects.filter(replaces=assignment).exists():
        raise Refused(_("Somebody was asked in their place already."))
    if assignment.state in OPEN_STATES:
        release_assessor(assignment, by=by, reason=reason)
    made = assign_assessor(assignment.application, assessor, by=by)
    made.replaces, made.is_third = assignment, assignment.is_third
    made.save()
    return made
