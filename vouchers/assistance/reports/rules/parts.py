"""What a final report is made of: its parts, and what each row of them holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any


class PartOfReport(IntEnum):
    """The parts of a report, in their order."""

    TOLD = 1
    BROUGHT = 2
    INDICATORS = 3
    PROVIDER = 4
    PICTURES = 5


COLUMNS: dict[PartOfReport, tuple[str, ...]] = {
    PartOfReport.TOLD: ("summary", "story"),
    PartOfReport.BROUGHT: ("results", "lessons", "members_reached", "women_reached"),
    PartOfReport.INDICATORS: ("value", "note", "evidence"),
    PartOfReport.PROVIDER: ("satisfaction", "provider_words"),
    PartOfReport.PICTURES: ("caption", "credit", "alternative"),
}
# Their rows are those of the plan, and of the pictures; every other part is one row.
KEYED = (PartOfReport.INDICATORS, PartOfReport.PICTURES)


@dataclass(frozen=True)
class Aim:
    """An expected result of the plan in force, by its key."""

    key: str
    code: str
    name: str
    unit: str
    baseline: Decimal
    target: Decimal
    due_on: date


@dataclass(frozen=True)
class ReachedValue:
    """What was reached of an aim (its key), how that is known, and what shows it."""

    key: str
    value: Decimal | None = None
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Captioned:
    """The words of a picture (the key of its file)."""

    key: str
    caption: str = ""
    credit: str = ""
    alternative: str = ""


@dataclass(frozen=True)
class ReportContent:
    """All that a report says. What could not be read of a draft is None there."""

    summary: str = ""
    story: str = ""
    results: str = ""
    lessons: str = ""
    members_reached: int | None = None
    women_reached: int | None = None
    satisfaction: int | None = None
    provider_words: str = ""
    indicators: Mapping[str, ReachedValue] = field(default_factory=dict)
    pictures: Mapping[str, Captioned] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportProblem:
    """What is wrong: which sentence (`code`), of which row, in which column."""

    code: str
    part: PartOfReport
    key: str = ""
    column: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
