"""Reads of consensuses: what differs in words, the assessments side by side, what was agreed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_coordinator
from vouchers.applications.models import Application
from vouchers.calls.models import Criterion
from vouchers.scoring.assessing.models import Assessment, Assignment, Consensus, Score
from vouchers.scoring.assessing.queries.assignments import ACTIVE_STATES
from vouchers.scoring.assessing.queries.consensus import to_agree_on
from vouchers.scoring.rounds.queries import scoring_rules
from vouchers.scoring.rules.discrepancy import THRESHOLD, TOTALS, counted_sheets, shown_points
from vouchers.scoring.rules.grid import Sheet

from .models import ConsensusScore


@dataclass(frozen=True)
class AssessmentColumn:
    """One assessment beside the others: who gave it, its total, and whether the ranking counts it."""

    assessment: Assessment
    total: Decimal
    counts: bool
    is_third: bool


@dataclass(frozen=True)
class ScoreCell:
    """What one assessment gave one criterion, and whether it lies below the threshold."""

    score: Score
    assessor: User
    is_below: bool


@dataclass(frozen=True)
class ComparedCriterion:
    """One criterion with what each assessment gave it, in the order of the columns."""

    criterion: Criterion
    cells: list[ScoreCell]


def consensuses_to_settle(user: User) -> QuerySet[Consensus]:
    """Those that wait for the person: they gave an assessment, or look after the country or all."""
    asked = to_agree_on(user)
    if is_coordinator.test(user):
        return asked
    own = Assignment.objects.filter(
        application=OuterRef("application"), assessor=user, state=Assignment.State.SCORED
    )
    return asked.filter(Q(application__country_id__in=user.officer_countries) | Q(Exists(own)))


def third_opinion(application: Application) -> Assignment | None:
    """The third opinion that is asked for or was given; none that was declined or taken back."""
    return (
        application.assignments.filter(is_third=True, state__in=ACTIVE_STATES)
        .select_related("assessor")
        .first()
    )


def side_by_side(
    application: Application,
) -> tuple[list[AssessmentColumn], list[ComparedCriterion]]:
    """The submitted assessments beside one another; a constant number of queries."""
    rules = scoring_rules(application.call)
    assessments = list(
        Assessment.objects.filter(
            assignment__application=application,
            assignment__state=Assignment.State.SCORED,
            state=Assessment.State.SUBMITTED,
        )
        .select_related("assignment__assessor")
        .prefetch_related("scores")
        .order_by("pk")
    )
    given = {
        assessment: {score.criterion_id: score for score in assessment.scores.all()}
        for assessment in assessments
    }
    sheets = {assessment: _sheet(assessment, given[assessment]) for assessment in assessments}
    counted = counted_sheets(rules, list(sheets.values()))
    columns = [
        AssessmentColumn(
            assessment,
            shown_points(rules.total(sheet.scores)),
            counts=sheet in counted,
            is_third=sheet.is_third,
        )
        for assessment, sheet in sheets.items()
    ]
    by_id = {rule.id: rule for rule in rules.criteria}
    rows = [
        ComparedCriterion(
            criterion,
            [
                ScoreCell(
                    scores[criterion.pk],
                    assessment.assignment.assessor,
                    not rules.reaches(by_id[criterion.pk], sheets[assessment].scores[criterion.pk]),
                )
                for assessment, scores in given.items()
            ],
        )
        for criterion in application.call.criteria.all()
    ]
    return columns, rows


def _sheet(assessment: Assessment, scores: Mapping[int, Score]) -> Sheet:
    assignment = assessment.assignment
    # Submitted scores are complete.
    values = {pk: score.value for pk, score in scores.items() if score.value is not None}
    return Sheet(assignment.application_id, values, assignment.assessor_id, assignment.is_third)


def causes_in_words(consensus: Consensus) -> list[str]:
    """Why the consensus is asked for, in sentences."""
    criteria = {criterion.pk: criterion for criterion in consensus.application.call.criteria.all()}
    return [_in_words(cause, criteria) for cause in consensus.causes]


def _in_words(cause: Mapping[str, Any], criteria: Mapping[int, Criterion]) -> str:
    said = {name: _shown(cause[name]) for name in ("low", "high", "limit")}
    if cause["kind"] == TOTALS:
        return (
            _(
                "The totals lie between %(low)s and %(high)s points: they differ by more than "
                "%(limit)s per cent of the higher one."
            )
            % said
        )
    if cause["kind"] == THRESHOLD:
        return _(
            "%(criterion)s: the scores lie between %(low)s and %(high)s, below and at or above "
            "the threshold of %(limit)s per cent of the highest score."
        ) % {**said, "criterion": criteria[cause["criterion"]]}
    return (
        _(
            "The totals lie between %(low)s and %(high)s points, below and at or above the "
            "threshold of %(limit)s points."
        )
        % said
    )


def _shown(number: str) -> str:
    return number_format(Decimal(format(Decimal(number).normalize(), "f")))


def agreed_sheets(applications: QuerySet[Application]) -> list[Sheet]:
    """What was agreed on the applications, as the ranking takes it; one query."""
    rows = ConsensusScore.objects.filter(
        consensus__state=Consensus.State.AGREED, consensus__application__in=applications
    ).values_list("consensus__application_id", "criterion_id", "value")
    scores: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for application, criterion, value in rows:
        scores[application][criterion] = value
    return [Sheet(application, agreed, agreed=True) for application, agreed in scores.items()]
