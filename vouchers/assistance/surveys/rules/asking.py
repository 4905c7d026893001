"""What a survey asks: today's value of each reported indicator, the questions of the call, and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from inputs.rules.numbers import SHARE, WHOLE, Shape

# The fixed list of questions, of which each call asks some; in this order.
QUESTIONS: dict[str, Shape] = {
    "jobs_created": WHOLE,
    "turnover_change": SHARE,
    "new_markets": WHOLE,
    "members": WHOLE,
}
WORDS = "words"


@dataclass(frozen=True)
class ReportedValue:
    """An indicator as the final report that was accepted has it."""

    key: str
    code: str
    name: str
    unit: str
    baseline: Decimal
    target: Decimal
    reported: Decimal


@dataclass(frozen=True)
class SurveySheet:
    """What one survey asks: indicators in the order of the report, and the questions of its call."""

    indicators: tuple[ReportedValue, ...]
    questions: tuple[str, ...]

    @property
    def fields(self) -> list[str]:
        """The names of all fields of its form."""
        rows = [of(one.key) for one in self.indicators for of in _FIELDS]
        return [*rows, *self.questions, WORDS]


@dataclass(frozen=True)
class SurveyContent:
    """What was typed, read. What could not be read is None."""

    values: Mapping[str, Decimal | None] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Decimal | None] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True)
class SurveyProblem:
    """What is wrong in the field of this name: which sentence (`code`), and its facts."""

    code: str
    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def value_of(key: str) -> str:
    """The field for today's value of an indicator."""
    return f"value_{key}"


def note_of(key: str) -> str:
    """The field for what is said of it."""
    return f"note_{key}"


_FIELDS: tuple[Callable[[str], str], ...] = (value_of, note_of)
