"""What a plan is made of: its parts, and what each row of them holds. Amounts are EUR."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any

NOTHING = Decimal("0.00")
# A row of a draft: what was typed, by column; `key` is the same in every version.
RawRow = dict[str, str]
RawParts = Mapping[int, list[RawRow]]


class PartOf(IntEnum):
    """The parts of a plan, in their order."""

    FRAME = 1
    OBJECTIVES = 2
    ACTIVITIES = 3
    MILESTONES = 4
    DELIVERABLES = 5
    LINES = 6
    RESULTS = 7


COLUMNS: dict[PartOf, tuple[str, ...]] = {
    PartOf.FRAME: ("aim", "provider"),
    PartOf.OBJECTIVES: ("text", "needs"),
    PartOf.ACTIVITIES: ("title", "objective"),
    PartOf.MILESTONES: ("title", "due_on", "days", "who"),
    PartOf.DELIVERABLES: ("title", "milestone"),
    PartOf.LINES: ("kind", "text", "milestone", "days", "rate", "amount"),
    PartOf.RESULTS: ("code", "name", "unit", "baseline", "target", "due_on"),
}
# A row in which only these say something was not filled in.
CHOSEN = frozenset({"key", "kind", "milestone", "objective"})


@dataclass(frozen=True)
class Objective:
    """What is to be reached, and the keys of the needs that it answers."""

    key: str
    text: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activity:
    """What is done, and the key of the objective for which it is."""

    key: str
    title: str = ""
    objective: str = ""


@dataclass(frozen=True)
class PlannedStep:
    """A milestone: until when, in how many days, and who does it."""

    key: str
    title: str = ""
    due_on: date | None = None
    days: Decimal | None = None
    who: str = ""


@dataclass(frozen=True)
class Handed:
    """What will be handed in, and the key of its milestone."""

    key: str
    title: str = ""
    milestone: str = ""


@dataclass(frozen=True)
class CostLine:
    """What something costs: days × rate, or an amount; and the key of its milestone."""

    key: str
    kind: str = "days"
    text: str = ""
    milestone: str = ""
    days: Decimal | None = None
    rate: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class AimedResult:
    """An indicator: of the call's list (`code`) or one's own."""

    key: str
    code: str = ""
    name: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Content:
    """All that a version says. What could not be read of a draft is None there."""

    aim: str = ""
    provider: int | None = None
    objectives: list[Objective] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    milestones: list[PlannedStep] = field(default_factory=list)
    deliverables: list[Handed] = field(default_factory=list)
    lines: list[CostLine] = field(default_factory=list)
    results: list[AimedResult] = field(default_factory=list)

    def rows(self, part: int) -> list[Any]:
        """The rows of a part; the frame is no row."""
        lists: dict[int, list[Any]] = {
            PartOf.OBJECTIVES: self.objectives,
            PartOf.ACTIVITIES: self.activities,
            PartOf.MILESTONES: self.milestones,
            PartOf.DELIVERABLES: self.deliverables,
            PartOf.LINES: self.lines,
            PartOf.RESULTS: self.results,
        }
        return lists.get(part, [])


@dataclass(frozen=True)
class PlanTerms:
    """What a plan must keep to: the voucher (EUR, days), and what is usual in the call (EUR)."""

    amount: Decimal
    first_day: date
    last_day: date
    rate_low: Decimal
    rate_high: Decimal


@dataclass(frozen=True)
class Remark:
    """What is wrong, or worth a second look: which sentence (`code`), of which row, in which column."""

    code: str
    part: PartOf
    key: str = ""
    column: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
