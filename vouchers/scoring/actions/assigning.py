"""Writes about who scores what: assigning, declaring conflicts, declining, taking back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notices.actions import notify
from records.acting import NoSpace, Refused, action, constraints_of, require
from records.states import judged, locked, move
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application, Recusal
from vouchers.applications.queries import officers_told_of
from vouchers.calls.models import Call
from vouchers.scoring.conflicts import hints_between
from vouchers.scoring.models import Assessment, AssessorProfile, Assignment
from vouchers.scoring.permissions import may_assign, may_declare
from vouchers.scoring.queries import ACTIVE_STATES, possible_assessors

from .closing import open_round_of, require_round_open
from .reconsidering import reconsider


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


@action(gettext_lazy("No conflict of interest declared"))
def declare_no_conflict(assignment: Assignment, *, by: User) -> Assignment:
    """The assessor declares to have no conflict of interest; the content opens to them."""
    assignment = judged(assignment, may_declare, by=by, states=[Assignment.State.ASSIGNED])
    move(assignment, Assignment.State.CLEARED)
    assignment.declared_at, assignment.hints = timezone.now(), _hints(assignment)
    assignment.save()
    Assessment.objects.create(assignment=assignment)
    return assignment


@action(gettext_lazy("Conflict of interest declared"))
def declare_conflict(assignment: Assignment, *, kind: str, conflict: str, by: User) -> Assignment:
    """The assessor declares a conflict of interest, before or while scoring.

    It shuts them out of the application and its files, and the partner is told to reassign. Scores
    that were submitted no longer count. `kind` is a ConflictKind.
    """
    assignment = judged(assignment, may_declare, by=by)
    if not conflict.strip():
        raise Refused(_("Say in a few words what the conflict is."))
    require_round_open(assignment.application.call)
    move(assignment, Assignment.State.CONFLICTED)
    assignment.declared_at = timezone.now()
    assignment.conflict_kind, assignment.conflict = kind, conflict
    assignment.hints = _hints(assignment)
    assignment.save()
    application = assignment.application
    Recusal.objects.create(application=application, person=by, reason=conflict)
    for officer in officers_told_of(application).exclude(pk=by.pk):
        notify(
            officer,
            "conflict-declared",
            facts={**application_facts(application), "assessor": str(by)},
            about=application,
        )
    reconsider(application)
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


def _hints(assignment: Assignment) -> list[dict[str, str]]:
    """What the data suggest at this moment, as the assignment keeps it for auditors."""
    application, assessor = assignment.application, assignment.assessor
    found = hints_between([assessor], [application])
    return [hint.as_kept() for hint in found.get((application.pk, assessor.pk), [])]


# Whoever is asked after, or shortly before, the last instant of the round still has some days.
_AT_LEAST = timedelta(days=7)


def _due(round_due: datetime) -> datetime:
    return max(round_due, timezone.now() + _AT_LEAST)
