"""Writes of an assessor: a draft of scores, submitting them, correcting them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    judged,
    locked,
    move,
    require_state,
    require_words,
)
from documents.wording import number
from drafts.rules import is_overtaken
from vouchers.applications.models import Application
from vouchers.calls.models import Call, Criterion
from vouchers.scoring.assessing.models import Assessment, Assignment, Score
from vouchers.scoring.assessing.permissions import may_score
from vouchers.scoring.rounds.actions import require_round_open

from .consensus import review_consensus


@dataclass(frozen=True)
class ScoreInput:
    """One criterion's score (None while undecided), and what speaks for it and against it."""

    value: Decimal | None
    strengths: str = ""
    weaknesses: str = ""


# Among what was overtaken (by criterion id), the overall comment.
COMMENT = 0


@action(gettext_lazy("Scores saved"))
def save_assessment(
    assignment: Assignment, scores: Mapping[int, ScoreInput], *, comment: str, by: User
) -> Assessment:
    """Keep a draft of the scores (by criterion id), complete or not, over whatever is saved.

    Raises Refused for a score off the call's scale, TooLate once the scoring is closed.
    """
    assessment, _overtaken = _keep(assignment, scores, comment, seen=None, seconds=0, by=by)
    return assessment


@action(gettext_lazy("Scores saved"))
def keep_scores(
    assignment: Assignment,
    scores: Mapping[int, ScoreInput],
    *,
    comment: str | None,
    seen: Mapping[int, int],
    seconds: int = 0,
    by: User,
) -> list[int]:
    """Keep what an assessor typed in a window: scores by criterion id, and the comment unless None.

    `seen` tells for each of them (COMMENT for the comment) the version that the window had before
    it. What another window changed meanwhile is not overwritten; its ids are returned. What stands
    there already is no change, so that the same request twice saves once, also after submitting.
    `seconds` were spent since the last save; no more are counted than have passed.
    Raises Refused for a score off the scale, TooLate once the scoring is closed.
    """
    _assessment, overtaken = _keep(assignment, scores, comment, seen=seen, seconds=seconds, by=by)
    return overtaken


def _keep(
    assignment: Assignment,
    scores: Mapping[int, ScoreInput],
    comment: str | None,
    *,
    seen: Mapping[int, int] | None,
    seconds: int,
    by: User,
) -> tuple[Assessment, list[int]]:
    assessment = _judged_assessment(assignment, by=by)
    changed = _changes(assessment, scores)
    says = comment if comment != assessment.comment else None
    if changed or says is not None:
        _require_open(assessment)
    elif not seconds or assessment.state != Assessment.State.DRAFT:
        return assessment, []
    overtaken = _write(assessment, changed, says, seen)
    _count_time(assessment, seconds)
    assessment.save()
    return assessment, overtaken


def _judged_assessment(assignment: Assignment, *, by: User) -> Assessment:
    """The assessment of an assignment that `by` may score, both locked and fresh.

    Raises NotAllowed otherwise.
    """
    assignment = judged(assignment, may_score, by=by)
    assessment = locked(assignment.assessment)
    assessment.assignment = assignment
    return assessment


def _write(
    assessment: Assessment,
    changed: list[tuple[Score, ScoreInput]],
    comment: str | None,
    seen: Mapping[int, int] | None,
) -> list[int]:
    """Take over what changed, unless another window was faster; the ids of what it overtook."""
    version, overtaken = assessment.version + 1, []
    for score, given in changed:
        if seen is not None and is_overtaken(score.version, seen.get(score.criterion_id, 0)):
            overtaken.append(score.criterion_id)
            continue
        score.value, score.version = given.value, version
        score.strengths, score.weaknesses = given.strengths, given.weaknesses
        score.save()
        assessment.version = version
    if comment is None:
        return overtaken
    if seen is not None and is_overtaken(assessment.comment_version, seen.get(COMMENT, 0)):
        return [*overtaken, COMMENT]
    assessment.comment, assessment.comment_version = comment, version
    assessment.version = version
    return overtaken


def _changes(
    assessment: Assessment, scores: Mapping[int, ScoreInput]
) -> list[tuple[Score, ScoreInput]]:
    """The scores that are to become another than they are, each with what was given."""
    call = assessment.assignment.application.call
    standing = {score.criterion_id: score for score in assessment.scores.all()}
    changes = []
    for criterion in call.criteria.filter(pk__in=scores.keys()):
        given = scores[criterion.pk]
        if given.value is not None:
            require_on_scale(call, criterion, given.value)
        score = standing.get(criterion.pk) or Score(assessment=assessment, criterion=criterion)
        if given != ScoreInput(score.value, score.strengths, score.weaknesses):
            changes.append((score, given))
    return changes


def _count_time(assessment: Assessment, seconds: int) -> None:
    """Add the time that a browser counted, bounded by what has passed since the last save."""
    now = timezone.now()
    since = assessment.saved_at or assessment.assignment.declared_at or now
    passed = max(0, int((now - since).total_seconds()))
    assessment.seconds_spent += min(max(0, seconds), passed)
    assessment.saved_at = now


@action(gettext_lazy("Scores submitted"))
def submit_assessment(assignment: Assignment, *, by: User) -> Assessment:
    """Submit the scores; they may be corrected until the scoring is closed.

    A consensus is asked for where they differ too much from what others submitted. What is
    submitted already is returned, so that a double click submits once. Raises Refused
    while a score or its grounds are missing, TooLate once the scoring is closed.
    """
    assessment = _judged_assessment(assignment, by=by)
    assignment = assessment.assignment
    if assessment.state == Assessment.State.SUBMITTED:
        return assessment
    _require_open(assessment)
    problems = problems_before_submitting(assessment)
    if problems:
        raise Refused(next(iter(problems.values())))
    move(assignment, Assignment.State.SCORED)
    assignment.save()
    move(assessment, Assessment.State.SUBMITTED)
    assessment.submitted_at = timezone.now()
    assessment.save()
    review_consensus(assignment.application)
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
        problem = problem_of(call, criterion, scores.get(criterion.pk))
        if problem:
            problems[criterion.pk] = problem
    return problems


def problem_of(call: Call, criterion: Criterion, score: Score | ScoreInput | None) -> str:
    """What is missing of one score, in a sentence; empty where nothing is."""
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
    assignment = judged(assignment, may_score, by=by)
    require_words(reason, _("Say why you correct your scores."))
    require_round_open(assignment.application.call)
    require_state(assignment.application, Application.State.ELIGIBLE)
    move(assignment, Assignment.State.CLEARED)
    assignment.save()
    assessment = locked(assignment.assessment)
    move(assessment, Assessment.State.DRAFT)
    assessment.corrections += 1
    assessment.save()
    review_consensus(assignment.application)
    return assessment


def _require_open(assessment: Assessment) -> None:
    """Raise unless the scoring of the call is open and the scores are not submitted."""
    application = assessment.assignment.application
    require_round_open(application.call)
    require_state(application, Application.State.ELIGIBLE)
    if assessment.state != Assessment.State.DRAFT:
        raise OutOfOrder(_("You have submitted your scores. Take them up again to correct them."))


def require_on_scale(call: Call, criterion: Criterion, value: Decimal) -> None:
    """Raise Refused for a score off the call's scale."""
    steps = (value - call.score_min) % call.score_step
    if not call.score_min <= value <= call.score_max or steps:
        raise Refused(
            _("%(criterion)s: a score goes from %(low)s to %(high)s in steps of %(step)s.")
            % {
                "criterion": criterion,
                "low": number(call.score_min),
                "high": number(call.score_max),
                "step": number(call.score_step),
            }
        )
