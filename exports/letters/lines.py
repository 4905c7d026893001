"""A table as CSV, line by line: nothing of it is held in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.utils.formats import get_format

from exports.rules.cells import cell_for_programs, plain_text
from exports.rules.columns import Table

# Excel takes a file for UTF-8 by this mark only.
MARK = "\ufeff"


def delimiter_for_reader() -> str:
    """What the reader's Excel expects between cells: a semicolon where a comma is a decimal mark."""
    return ";" if get_format("DECIMAL_SEPARATOR") == "," else ","


def csv_lines(table: Table, *, delimiter: str = ",") -> Iterator[str]:
    """The lines of the file, the keys of the columns first; every language has the same.

    Beside a semicolon as `delimiter` decimals have a comma.
    """
    decimal_mark = "," if delimiter == ";" else "."
    columns = table.columns
    line = csv.writer(_Echo(), delimiter=delimiter).writerow
    yield MARK
    yield line([plain_text(column.key) for column in columns])
    for row in table.rows:
        yield line(
            [
                cell_for_programs(column, value, decimal_mark)
                for column, value in zip(columns, row, strict=True)
            ]
        )


class _Echo:
    """Hands each line back, where csv would write it."""

    def write(self, line: str) -> str:
        return line
