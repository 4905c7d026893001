"""The lines of a table as a form shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import template

from inputs.rules.numbers import Shape
from vouchers.applications.queries.answers import is_plain_day, shape_of
from vouchers.applications.queries.filled_forms import Item
from vouchers.calls.models.tables import TableColumn

register = template.Library()


@dataclass(frozen=True)
class Cell:
    """One cell to fill in: its line from 0, its column, and what is in it as it was typed."""

    line: int
    column: TableColumn
    text: str

    @property
    def number(self) -> int:
        """The line as people count."""
        return self.line + 1

    @property
    def shape(self) -> Shape | None:
        """Which numbers it holds; None where it holds none."""
        return shape_of(self.column.kind)

    @property
    def is_plain_day(self) -> bool:
        """Whether the browser's picker can hold it; what was typed otherwise stays a text."""
        return is_plain_day(self.text)


@register.filter
def number_of_lines(item: Item, lines: Mapping[int, int]) -> int:
    """How many lines a table shows: those that are filled in and one more, or as many as wanted."""
    return max(len(item.rows) + 1, lines.get(item.question.pk, 0))


@register.filter
def lines_to_fill(item: Item, lines: Mapping[int, int]) -> list[list[Cell]]:
    """The cells of each line that a table shows."""
    rows = item.rows
    shown = number_of_lines(item, lines)
    return [
        [Cell(line, column, row.get(column.name, "")) for column in item.columns]
        for line, row in enumerate([*rows, *({} for _ in range(shown - len(rows)))])
    ]
