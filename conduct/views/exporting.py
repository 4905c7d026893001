"""Lists as CSV for spreadsheets: streamed, and no text is taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from django.http import StreamingHttpResponse
from django.utils.formats import get_format

from conduct.queries.days import today

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def delimiter_for_reader() -> str:
    """What the reader's Excel expects between cells: a semicolon where a comma is a decimal mark."""
    return ";" if get_format("DECIMAL_SEPARATOR") == "," else ","


def csv_response(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """The rows as a file called `<name>-<today>.csv`, the names of the columns first.

    It opens in columns in the Excel of the active language, numbers as numbers. Tables that
    programs read (`csv_lines`) have commas and points in every language.
    """
    file_name = f"{name}-{today().isoformat()}.csv"
    return StreamingHttpResponse(
        csv_lines(columns, rows, delimiter=delimiter_for_reader()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def csv_lines(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ","
) -> Iterator[str]:
    """The lines of such a file; texts that a spreadsheet would take for formulas are made plain.

    Beside a semicolon as `delimiter` decimals have a comma.
    """
    decimal_mark = "," if delimiter == ";" else "."
    line = csv.writer(_Echo(), delimiter=delimiter).writerow
    # Excel takes a file for UTF-8 by this mark only.
    yield "\ufeff"
    yield line(columns)
    for row in rows:
        yield line([_cell(value, decimal_mark) for value in row])


def _cell(value: object, decimal_mark: str) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, Decimal | float):
        return str(value).replace(".", decimal_mark)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


class _Echo:
    """Hands each line back, where csv would write it."""

    def write(self, line: str) -> str:
        return line
