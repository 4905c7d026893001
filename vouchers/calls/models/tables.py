"""The tables that a form can ask for: their columns."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from .questions import Question

Kind = Question.Kind


@dataclass(frozen=True)
class TableColumn:
    """One column of a table: its name in the lines, its label, and the kind of what it holds."""

    name: str
    label: str | Promise
    kind: str
    required: bool = True

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers, which are aligned below one another."""
        return self.kind in Question.NUMBERS


COLUMNS: dict[str, tuple[TableColumn, ...]] = {
    Kind.MILESTONES: (
        TableColumn("milestone", gettext_lazy("Milestone"), Kind.SHORT_TEXT),
        TableColumn("due", gettext_lazy("Due on"), Kind.DATE),
        TableColumn(
            "evidence",
            gettext_lazy("How one sees that it is reached"),
            Kind.SHORT_TEXT,
            required=False,
        ),
    ),
    Kind.BUDGET: (
        TableColumn("activity", gettext_lazy("Activity"), Kind.SHORT_TEXT),
        TableColumn("days", gettext_lazy("Days of an expert"), Kind.NUMBER, required=False),
        TableColumn("amount", gettext_lazy("Amount (EUR)"), Kind.MONEY),
    ),
}
