"""Every write about scoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import officers_for
from notices.actions import notify
from records.acting import OutOfOrder, Refused, action, constraints_of, require
from records.states import locked, move, require_state
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application, Recusal
from vouchers.calls.models import Call, Criterion

from .models import Assessment, Assignment, Score
from .permissions import may_assign, may_declare, may_score
from .queries import possible_assessors


@dataclass(frozen=True)
class ScoreInput:
    """One criterion's score (None while undecided) and its reason."""

    value: Decimal | None
    comment: str


@action(gettext_lazy("Assessor assigned"))
def assign_assessor(application: Application, assessor: User, *, by: User) -> Assignment:
    """Ask somebody to score an eligible application.

    Raises Refused when the person may not score it (no assessor, an applicant of the same call,
    recused, or assigned before).
    """
    require(may_assign, by, application)
    application = locked(application)
    require_state(application, Application.State.ELIGIBLE)
    if not possible_assessors(application).filter(pk=assessor.pk).exists():
        raise Refused(_("%(person)s cannot score this application.") % {"person": assessor})
    with constraints_of(Assignment):
        assignment = Assignment.objects.create(
            application=application, assessor=assessor, assigned_by=by
        )
    notify(
        assessor,
        "scoring-assigned",
        facts=application_facts(application),
        about=assignment,
    )
    return assignment


@action(gettext_lazy("Assessor released"))
def release_assessor(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Take an assignment back from somebody who does not score; who has scored stays."""
    require(may_assign, by, assignment.application)
    assignment = locked(assignment)
    move(assignment, Assignment.State.RELEASED)
    assignment.save()
    return assignment


@action(gettext_lazy("No conflict of interest declared"))
def declare_no_conflict(assignment: Assignment, *, by: User) -> Assignment:
    """The assessor declares to have no conflict of interest; the content opens to them."""
    require(may_declare, by, assignment)
    assignment = locked(assignment)
    require_state(assignment, Assignment.State.ASSIGNED)
    move(assignment, Assignment.State.CLEARED)
    assignment.declared_at = timezone.now()
    assignment.save()
    Assessment.objects.create(assignment=assignment)
    return assignment


@action(gettext_lazy("Conflict of interest declared"))
def declare_conflict(assignment: Assignment, *, conflict: str, by: User) -> Assignment:
    """The assessor declares a conflict of interest, before or while scoring.

    It shuts them out of the application and its files, and the partner is told to reassign.
    """
    require(may_declare, by, assignment)
    if not conflict.strip():
        raise Refused(_("Say in a few words what the conflict is."))
    assignment = locked(assignment)
    move(assignment, Assignment.State.CONFLICTED)
    assignment.declared_at, assignment.conflict = timezone.now(), conflict
    assignment.save()
    application = assignment.application
    Recusal.objects.create(application=application, person=by, reason=conflict)
    for officer in officers_for(application.country_id).exclude(pk=by.pk):
        notify(
            officer,
            "conflict-declared",
            facts={**application_facts(application), "assessor": str(by)},
            about=application,
        )
    return assignment


@action(gettext_lazy("Scores saved"))
def save_assessment(
    assignment: Assignment, scores: Mapping[int, ScoreInput], *, comment: str, by: User
) -> Assessment:
    """Keep a draft of the scores (by criterion id), complete or not.

    Raises Refused for a score off the call's scale.
    """
    assignment = locked(assignment)
    require(may_score, by, assignment)
    assessment = _open_assessment(assignment)
    call = assignment.application.call
    for criterion in call.criteria.filter(pk__in=scores.keys()):
        given = scores[criterion.pk]
        if given.value is not None:
            _require_on_scale(call, criterion, given.value)
        Score.objects.update_or_create(
            assessment=assessment,
            criterion=criterion,
            defaults={"value": given.value, "comment": given.comment},
        )
    assessment.comment = comment
    assessment.save()
    return assessment


@action(gettext_lazy("Scores submitted"))
def submit_assessment(assignment: Assignment, *, by: User) -> Assessment:
    """Make the scores final. Raises Refused while a score or a reason is missing."""
    assignment = locked(assignment)
    require(may_score, by, assignment)
    assessment = _open_assessment(assignment)
    scores = {score.criterion_id: score for score in assessment.scores.all()}
    for criterion in assignment.application.call.criteria.all():
        score = scores.get(criterion.pk)
        if score is None or score.value is None:
            raise Refused(_("Please score: %(criterion)s") % {"criterion": criterion})
        if not score.comment.strip():
            raise Refused(
                _("Please give the reason for your score: %(criterion)s") % {"criterion": criterion}
            )
    move(assignment, Assignment.State.SCORED)
    assignment.save()
    move(assessment, Assessment.State.SUBMITTED)
    assessment.submitted_at = timezone.now()
    assessment.save()
    return assessment


def _open_assessment(assignment: Assignment) -> Assessment:
    """The assessment, locked, while the application is still to be decided."""
    require_state(assignment.application, Application.State.ELIGIBLE)
    assessment = locked(assignment.assessment)
    if assessment.state != Assessment.State.DRAFT:
        raise OutOfOrder(_("You have submitted your scores: they are final."))
    return assessment


def _require_on_scale(call: Call, criterion: Criterion, value: Decimal) -> None:
    steps = (value - call.score_min) % call.score_step
    if not call.score_min <= value <= call.score_max or steps:
        raise Refused(
            _("%(criterion)s: a score goes from %(low)s to %(high)s in steps of %(step)s.")
            % {
                "criterion": criterion,
                "low": call.score_min.normalize(),
                "high": call.score_max.normalize(),
                "step": call.score_step.normalize(),
            }
        )
