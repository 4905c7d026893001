"""Writes of an assessor: a draft of scores, submitting them, correcting them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from records.acting import OutOfOrder, Refused, action, require
from records.states import locked, move, require_state
from vouchers.applications.models import Application
from vouchers.calls.models import Call, Criterion
from vouchers.scoring.models import Assessment, Assignment, Score
from vouchers.scoring.permissions import may_score

from .closing import require_round_open


@dataclass(frozen=True)
class ScoreInput:
    """One criterion's score (None while undecided), and what speaks for it and against it."""

    value: Decimal | None
    strengths: str = ""
    weaknesses: str = ""


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
            defaults={
                "value": given.value,
                "strengths": given.strengths,
                "weaknesses": given.weaknesses,
            },
        )
    assessment.comment = comment
    assessment.version += 1
    assessment.save()
    return assessment


@action(gettext_lazy("Scores submitted"))
def submit_assessment(assignment: Assignment, *, by: User) -> Assessment:
    """Submit the scores; they may be corrected until the scoring is closed.

    Raises Refused while a score or its grounds are missing, TooLate once the scoring is closed.
    """
    assignment = locked(assignment)
    require(may_score, by, assignment)
    assessment = _open_assessment(assignment)
    problems = problems_before_submitting(assessment)
    if problems:
        raise Refused(next(iter(problems.values())))
    move(assignment, Assignment.State.SCORED)
    assignment.save()
    move(assessment, Assessment.State.SUBMITTED)
    assessment.submitted_at = timezone.now()
    assessment.save()
    return assessment


def problems_before_submitting(assessment: Assessment) -> dict[int, str]:
    """What still keeps scores from being submitted: a sentence by criterion id.

    Every score has grounds; one below the criterion's threshold has both strengths and weaknesses,
    so that a refused cluster learns what to build on and what to mend.
    """
    call = assessment.assignment.application.call
    scores = {score.criterion_id: score for score in assessment.scores.all()}
    problems = {}
    for criterion in call.criteria.all():
        problem = _problem_of(call, criterion, scores.get(criterion.pk))
        if problem:
            problems[criterion.pk] = problem
    return problems


def _problem_of(call: Call, criterion: Criterion, score: Score | None) -> str:
    named = {"criterion": criterion}
    if score is None or score.value is None:
        return _("Please score: %(criterion)s") % named
    said = [bool(text.strip()) for text in (score.strengths, score.weaknesses)]
    if score.value * 100 < criterion.threshold * call.score_max and not all(said):
        return (
            _("A score below the threshold needs strengths and weaknesses: %(criterion)s") % named
        )
    if not any(said):
        return _("Please give the reason for your score: %(criterion)s") % named
    return ""


@action(gettext_lazy("Scores taken up again"))
def correct_assessment(assignment: Assignment, *, reason: str, by: User) -> Assessment:
    """Take submitted scores up again, until the scoring is closed; they count once resubmitted.

    History keeps what they were. Raises Refused without a reason, TooLate once closed.
    """
    require(may_score, by, assignment)
    if not reason.strip():
        raise Refused(_("Say why you correct your scores."))
    require_round_open(assignment.application.call)
    assignment = locked(assignment)
    require_state(assignment.application, Application.State.ELIGIBLE)
    move(assignment, Assignment.State.CLEARED)
    assignment.save()
    assessment = locked(assignment.assessment)
    move(assessment, Assessment.State.DRAFT)
    assessment.corrections += 1
    assessment.save()
    return assessment


def _open_assessment(assignment: Assignment) -> Assessment:
    """The assessment, locked, while the scoring is open."""
    require_round_open(assignment.application.call)
    require_state(assignment.application, Application.State.ELIGIBLE)
    assessment = locked(assignment.assessment)
    if assessment.state != Assessment.State.DRAFT:
        raise OutOfOrder(_("You have submitted your scores. Take them up again to correct them."))
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
