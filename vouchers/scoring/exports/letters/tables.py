"""Tables of plain rows for export: what a column holds is said once, for every kind of file.

Files for people show the translated heading and the words of a value in the reader's language. Files
for programs bear the column's key and the value's own key, in English whatever the language; columns
are added at the end and never change, since whoever reads by program relies on names and order.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import IO, Any

from django.utils.functional import Promise

from conduct.views.exporting import csv_lines

Text = str | Promise


@dataclass(frozen=True)
class Column:
    """One column: its key, its heading for people, and in English what it holds.

    `words` says the values for people where they are keys. A fraction is rounded half up to so many
    `decimals`.
    """

    key: str
    heading: Text
    means: str
    words: Mapping[str, Text] = field(default_factory=dict)
    decimals: int = 4


@dataclass(frozen=True)
class Table:
    """Rows under their columns, each as long as these; `name` is that of its file, in English."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]

    def position(self, key: str) -> int:
        """Which column bears the key, from 0."""
        return [column.key for column in self.columns].index(key)


def rounded(value: Fraction, decimals: int) -> Decimal:
    """An exact value, not below zero, rounded half up once."""
    return Decimal(floor(value * 10**decimals + Fraction(1, 2))).scaleb(-decimals)


def write_archive(tables: Iterable[Table], file: IO[bytes], *, introduction: str) -> None:
    """Write a ZIP with each table as CSV, and a README.txt that explains them."""
    tables = list(tables)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", f"{introduction.strip()}\n{_dictionary(tables)}")
        for table in tables:
            with archive.open(f"{table.name}.csv", "w") as entry:
                for line in _lines(table):
                    entry.write(line.encode())


def _lines(table: Table) -> Iterator[str]:
    keys = [column.key for column in table.columns]
    return csv_lines(keys, (_cells(table.columns, row) for row in table.rows))


def _cells(columns: Sequence[Column], row: Sequence[Any]) -> list[object]:
    return [_cell(column, value) for column, value in zip(columns, row, strict=True)]


def _cell(column: Column, value: Any) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return rounded(value, column.decimals)
    return value


def _dictionary(tables: Iterable[Table]) -> str:
    """Every file and column in a line."""
    lines = []
    for table in tables:
        lines += ["", f"{table.name}.csv"]
        lines += [f"  {column.key}: {column.means}" for column in table.columns]
    return "\n".join([*lines, ""])
