"""The milestones of a voucher as a list, a board by how far each has come, or over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext

from conduct.queries.days import today
from dashboards.queries.journeys import Journey, MilestoneLine
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.panels.gantt import plan_gantt

LIST, BOARD, GANTT = "list", "board", "gantt"


@dataclass
class BoardColumn:
    """A state of milestones, and those that are in it."""

    name: str
    label: str
    lines: list[MilestoneLine] = field(default_factory=list)


def milestones_panel(journey: Journey, wanted: str) -> dict[str, Any]:
    """The milestones in the way that the address asks for (`wanted`); the list for anything else."""
    shown = wanted if wanted in (BOARD, GANTT) else LIST
    panel: dict[str, Any] = {"milestones_as": shown}
    if shown == BOARD:
        panel["board"] = board_of(journey.standing_lines, journey.sessions)
    if shown == GANTT:
        panel["gantt"] = plan_gantt(
            [(line.milestone.title, line.milestone.due_on) for line in journey.standing_lines],
            starts=journey.voucher.valid_from,
            today=today(journey.voucher.country.zone),
            accepted={line.milestone.title for line in journey.standing_lines if line.is_delivered},
        )
    return panel


def board_of(lines: Sequence[MilestoneLine], sessions: Sequence[Session]) -> list[BoardColumn]:
    """A column for each state, in the order of a milestone's life; each milestone is in one."""
    columns = {name: BoardColumn(name, label) for name, label in _labels()}
    begun = {one.milestone_id for one in sessions if one.state in Session.STANDING}
    for line in lines:
        columns[_column(line, is_begun=line.milestone.pk in begun)].lines.append(line)
    return list(columns.values())


def _column(line: MilestoneLine, *, is_begun: bool) -> str:
    if line.is_paid:
        return "paid"
    if line.claim is not None:
        return "claimed"
    if line.is_delivered:
        return "accepted"
    if line.deliverable is not None:
        return "handed_in"
    # What came back is worked on again.
    return "under_way" if is_begun or line.returned_deliverable is not None else "planned"


def _labels() -> list[tuple[str, str]]:
    return [
        ("planned", pgettext("milestones", "Planned")),
        ("under_way", pgettext("milestones", "Under way")),
        ("handed_in", pgettext("milestones", "Handed in")),
        ("accepted", pgettext("milestones", "Accepted")),
        ("claimed", pgettext("milestones", "Claimed")),
        ("paid", pgettext("milestones", "Paid")),
    ]
