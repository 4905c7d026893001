"""What a version says, written as rows in the moment in which it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from conduct.actions import constraints_of
from vouchers.assistance.plans.models import (
    BudgetLine,
    PlanActivity,
    PlannedDeliverable,
    PlannedMilestone,
    PlannedResult,
    PlanObjective,
    PlanVersion,
)
from vouchers.assistance.plans.rules.parts import Content


def write_facts(version: PlanVersion, content: Content) -> None:
    """Write the rows of a draft, in their order; part of the action that sends it."""
    objectives: dict[str, PlanObjective] = {}
    for place, row in enumerate(content.objectives, 1):
        facts = {"text": row.text, "needs": list(row.needs)}
        objectives[row.key] = PlanObjective(**facts, **_place(version, place, row.key))
    milestones: dict[str, PlannedMilestone] = {}
    for place, step in enumerate(content.milestones, 1):
        facts = _facts(step, "title", "due_on", "days", "who")
        milestones[step.key] = PlannedMilestone(**facts, **_place(version, place, step.key))
    _create(PlanObjective, list(objectives.values()))
    _create(PlannedMilestone, list(milestones.values()))
    _create(
        PlanActivity,
        [
            PlanActivity(
                title=one.title,
                objective=objectives.get(one.objective),
                **_place(version, place, one.key),
            )
            for place, one in enumerate(content.activities, 1)
        ],
    )
    _create(
        PlannedDeliverable,
        [
            PlannedDeliverable(
                title=one.title,
                milestone=milestones[one.milestone],
                **_place(version, place, one.key),
            )
            for place, one in enumerate(content.deliverables, 1)
        ],
    )
    _create(
        BudgetLine,
        [
            BudgetLine(
                milestone=milestones[line.milestone],
                **_facts(line, "kind", "text", "days", "rate", "amount"),
                **_place(version, place, line.key),
            )
            for place, line in enumerate(content.lines, 1)
        ],
    )
    measured = ("code", "name", "unit", "baseline", "target", "due_on")
    _create(
        PlannedResult,
        [
            PlannedResult(**_facts(result, *measured), **_place(version, place, result.key))
            for place, result in enumerate(content.results, 1)
        ],
    )


def _facts(row: Any, *names: str) -> dict[str, Any]:
    """What was judged before: none of it is missing by now."""
    return {name: getattr(row, name) for name in names}


def _place(version: PlanVersion, place: int, key: str) -> dict[str, Any]:
    return {"version": version, "position": place, "key": _as_key(key)}


def _create(model: type[Model], rows: Sequence[Model]) -> None:
    with constraints_of(model):
        model._default_manager.bulk_create(rows)


def _as_key(key: str) -> UUID:
    """The key that a page sent; another where it sent none of its kind."""
    try:
        return UUID(key)
    except ValueError:
        return uuid4()
