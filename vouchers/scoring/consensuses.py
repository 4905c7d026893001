"""Reads of consensuses: which are whose, what differs in words, the assessments side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_coordinator
from vouchers.applications.models import Application, Recusal
from vouchers.applications.queries import applications_open_to_role, officers_told_of
from vouchers.calls.models import Criterion

from .discrepancy import THRESHOLD, TOTALS, counted_sheets, shown_points
from .grid import Sheet
from .models import Assessment, Assignment, Consensus, Score
from .queries import ACTIVE_STATES, scoring_rules, sheets_of


@dataclass(frozen=True)
class Column:
    """One assessment beside the others: who gave it, its total, and whether the ranking counts it."""

    assessment: Assessment
    total: Decimal
    counts: bool
    is_third: bool


@dataclass(frozen=True)
class Cell:
    """What one assessment gave one criterion, and whether it lies below the threshold."""

    score: Score
    assessor: User
    is_below: bool


@dataclass(frozen=True)
class Row:
    """One criterion with what each assessment gave it, in the order of the columns."""

    criterion: Criterion
    cells: list[Cell]


def consensuses_visible_to(user: User) -> QuerySet[Consensus]:
    """The consensuses that the person may read.

    Those who submitted an assessment of the application and stand by it; staff as far as their role
    reaches, but never before their own assessment (design, rule 5), nor against a conflict of
    interest.
    """
    if not user.is_authenticated:
        return Consensus.objects.none()
    own = Assignment.objects.filter(application=OuterRef("application"), assessor=user)
    owed = own.filter(state__in=[Assignment.State.ASSIGNED, Assignment.State.CLEARED])
    recused = Recusal.objects.filter(application=OuterRef("application"), person=user)
    return (
        Consensus.objects.filter(
            Q(Exists(own.filter(state=Assignment.State.SCORED)))
            | Q(application__in=applications_open_to_role(user))
        )
        .exclude(Exists(owed))
        .exclude(Exists(recused))
        .select_related("application__call", "application__cluster", "application__country")
    )


def consensuses_to_settle(user: User) -> QuerySet[Consensus]:
    """Those that wait for the person: they gave an assessment, or look after the country or all."""
    asked = to_agree_on(user)
    if is_coordinator.test(user):
        return asked
    own = Assignment.objects.filter(
        application=OuterRef("application"), assessor=user, state=Assignment.State.SCORED
    )
    return asked.filter(Q(application__country_id__in=user.officer_countries) | Q(Exists(own)))


def to_agree_on(user: User) -> QuerySet[Consensus]:
    """Those that are asked for and not settled, as far as the person may know of them."""
    return consensuses_visible_to(user).filter(
        state=Consensus.State.ASKED, application__state=Application.State.ELIGIBLE
    )


def submitted_sheets(application: Application) -> list[Sheet]:
    """The submitted assessments of one application as the ranking takes them, without a consensus."""
    one = Application.objects.filter(pk=application.pk)
    return [sheet for sheet in sheets_of(one) if not sheet.agreed]


def who_submitted(application: Application) -> QuerySet[User]:
    """The assessors whose submitted assessment of the application stands, by name."""
    return User.objects.filter(
        assignments__application=application,
        assignments__state=Assignment.State.SCORED,
        is_active=True,
    ).order_by("full_name", "pk")


def may_lead(user: User, application: Application) -> bool:
    """Whether the person can be rapporteur: they score the application, and nothing shuts them out.

    Somebody who corrects their scores stays rapporteur meanwhile.
    """
    return (
        Assignment.objects.filter(
            application=application,
            assessor=user,
            state__in=[Assignment.State.SCORED, Assignment.State.CLEARED],
        ).exists()
        and not Recusal.objects.filter(application=application, person=user).exists()
    )


def concerned_by(consensus: Consensus) -> list[User]:
    """Who is told what happens: the assessors who submitted, the officers, whoever wrote in it.

    Nobody who still has to score the application, and nobody whom a conflict shuts out.
    """
    application = consensus.application
    people = {
        *who_submitted(application),
        *officers_told_of(application),
        *User.objects.filter(pk__in=consensus.messages.values("author")),
    }
    owing = Assignment.objects.filter(
        application=application,
        state__in=[Assignment.State.ASSIGNED, Assignment.State.CLEARED],
    )
    shut_out = {
        *owing.values_list("assessor", flat=True),
        *Recusal.objects.filter(application=application).values_list("person", flat=True),
    }
    return sorted((one for one in people if one.pk not in shut_out), key=lambda one: one.pk)


def third_opinion(application: Application) -> Assignment | None:
    """The third opinion that is asked for or was given; none that was declined or taken back."""
    return (
        application.assignments.filter(is_third=True, state__in=ACTIVE_STATES)
        .select_related("assessor")
        .first()
    )


def side_by_side(application: Application) -> tuple[list[Column], list[Row]]:
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
        Column(
            assessment,
            shown_points(rules.total(sheet.scores)),
            counts=sheet in counted,
            is_third=sheet.is_third,
        )
        for assessment, sheet in sheets.items()
    ]
    by_id = {rule.id: rule for rule in rules.criteria}
    rows = [
        Row(
            criterion,
            [
                Cell(
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
