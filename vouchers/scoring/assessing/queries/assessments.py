"""Reads of submitted assessments, as pages show them and as the ranking takes them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.db.models import QuerySet

from conduct.queries.scoping import for_system
from vouchers.applications.models import Application
from vouchers.scoring.assessing.models import Assessment, Assignment, Score
from vouchers.scoring.rules.grid import Sheet


def given_sheets(applications: QuerySet[Application]) -> list[Sheet]:
    """The submitted assessments of the applications as the ranking takes them; one query."""
    rows = Score.objects.filter(
        assessment__state=Assessment.State.SUBMITTED,
        assessment__assignment__state=Assignment.State.SCORED,
        assessment__assignment__application__in=applications,
    ).values_list(
        "assessment_id",
        "assessment__assignment__application_id",
        "assessment__assignment__assessor_id",
        "assessment__assignment__is_third",
        "criterion_id",
        "value",
    )
    facts: dict[int, tuple[int, int, bool]] = {}
    scores: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for assessment, application, assessor, is_third, criterion, value in rows:
        facts[assessment] = (application, assessor, is_third)
        if value is not None:  # Submitted scores are complete.
            scores[assessment][criterion] = value
    return [
        Sheet(application, scores[assessment], assessor, is_third)
        for assessment, (application, assessor, is_third) in facts.items()
    ]


def submitted_assessments(application: Application) -> QuerySet[Assessment]:
    """The submitted assessments of one application with their scores, in order of submission."""
    return (
        Assessment.objects.filter(
            assignment__application=application, state=Assessment.State.SUBMITTED
        )
        .select_related("assignment__assessor")
        .prefetch_related("scores__criterion")
        .order_by("submitted_at")
    )


def submitted_sheets(application: Application) -> list[Sheet]:
    """The submitted assessments of one application as the ranking takes them, without a consensus."""
    return given_sheets(Application.objects.filter(pk=application.pk))


def assessments_beside(own: Assignment) -> QuerySet[Assessment]:
    """What others gave the same application, to somebody who has submitted theirs (design, rule 5).

    Nothing before that, nor while they correct their own.
    """
    if own.state != Assignment.State.SCORED:
        return Assessment.objects.none()
    return (
        Assessment.objects.filter(
            assignment__application=own.application_id,
            assignment__state=Assignment.State.SCORED,
            state=Assessment.State.SUBMITTED,
        )
        .exclude(assignment=own)
        .prefetch_related("scores__criterion")
        # Not by name or instant, which would tell who is who.
        .order_by("pk")
    )


def assessment_of(assignment: Assignment) -> Assessment:
    """The assessment as it is saved now: the row at hand may be older."""
    saved = Assessment.objects.select_related("assignment__application__call")
    return saved.get(assignment=assignment)


@for_system("who may have which sheet is judged by the sheet's own rule, which answers 404")
def assessment_to_print(assignment_id: int) -> Assessment | None:
    """The assessment of an assignment with all that its sheet states, where it was begun."""
    return (
        Assessment.objects.select_related(
            "assignment__application__call",
            "assignment__application__cluster",
            "assignment__application__country__partner",
            "assignment__assessor",
        )
        .filter(assignment=assignment_id)
        .first()
    )
