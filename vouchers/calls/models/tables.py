"""The tables that a form can ask for: their columns."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from .questions import Question

Kind = Question.Kind


@dataclass(frozen=True)
class Column:
    """One column of a table: its name in the lines, its label, and the kind of what it holds."""

    name: str
    label: str | Promise
    kind: str
    required: bool = True

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers, which are aligned below one another."""
        return self.kind in Question.NUMBERS


COLUMNS: dict[str, tuple[Column, ...]] = {
    Kind.MILESTONES: (
        Column("milestone", gettext_lazy("Milestone"), Kind.SHORT_TEXT),
        Column("due", gettext_lazy("Due on"), Kind.DATE),
        Column(
            "evidence",
            gettext_lazy("How one sees that it is reached"),
            Kind.SHORT_TEXT,
            required=False,
        ),
    ),
    Kind.BUDGET: (
        Column("activity", gettext_lazy("Activity"), Kind.SHORT_TEXT),
        Column("days", gettext_lazy("Days of an expert"), Kind.NUMBER, required=False),
        Column("amount", gettext_lazy("Amount (EUR)"), Kind.MONEY),
    ),
}
