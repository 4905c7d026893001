"""What a version says: of a draft what was typed, of every other the facts that stand."""

from __future__ import annotations

from conduct.queries.scoping import for_system
from vouchers.assistance.plans.models import DraftedPart, PlanVersion
from vouchers.assistance.plans.rules.parts import (
    Activity,
    AimedResult,
    Content,
    CostLine,
    Handed,
    Objective,
    PlannedStep,
    RawRow,
    Remark,
)
from vouchers.assistance.plans.rules.reading import content_of, typed_parts
from vouchers.providers.models import Provider


def content_of_version(version: PlanVersion) -> tuple[Content, list[Remark]]:
    """What a version says, and of a draft what could not be read; at most seven queries."""
    if version.state == PlanVersion.State.DRAFT or version.submitted_at is None:
        return content_of(raw_rows(version))
    return _facts_of(version), []


def drafted_rows(version: PlanVersion) -> dict[int, DraftedPart]:
    """The parts of a draft that somebody has written, by part."""
    return {drafted.part: drafted for drafted in version.drafted.select_related("changed_by")}


def raw_rows(version: PlanVersion) -> dict[int, list[RawRow]]:
    """The rows of a version as texts, by part: what a draft begins with, and what was typed of it."""
    if version.state == PlanVersion.State.DRAFT or version.submitted_at is None:
        return {drafted.part: drafted.rows for drafted in version.drafted.all()}
    return typed_parts(_facts_of(version))


@for_system("who reads a plan reads whom it names")
def providers_named(*contents: Content) -> dict[int, str]:
    """The names of the providers that versions name, by their ids."""
    ids = {content.provider for content in contents if content.provider}
    return {one.pk: one.name for one in Provider.objects.filter(pk__in=ids)}


def _facts_of(version: PlanVersion) -> Content:
    return Content(
        aim=version.aim,
        provider=version.provider_id,
        objectives=[
            Objective(str(one.key), one.text, tuple(one.needs)) for one in version.objectives.all()
        ],
        activities=[
            Activity(str(one.key), one.title, _key_of(one.objective))
            for one in version.activities.select_related("objective")
        ],
        milestones=[
            PlannedStep(str(one.key), one.title, one.due_on, one.days, one.who)
            for one in version.milestones.all()
        ],
        deliverables=[
            Handed(str(one.key), one.title, _key_of(one.milestone))
            for one in version.deliverables.select_related("milestone")
        ],
        lines=[
            CostLine(
                *(str(one.key), one.kind, one.text, _key_of(one.milestone)),
                *(one.days, one.rate, one.amount),
            )
            for one in version.lines.select_related("milestone")
        ],
        results=[
            AimedResult(
                *(str(one.key), one.code, one.name, one.unit),
                *(one.baseline, one.target, one.due_on),
            )
            for one in version.results.all()
        ],
    )


def _key_of(row: object) -> str:
    return str(row.key) if row is not None else ""  # type: ignore[attr-defined]
