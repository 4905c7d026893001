"""Lists as CSV for spreadsheets: streamed, and no text is taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from django.http import StreamingHttpResponse
from django.utils import timezone

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """The rows as a file called `<name>-<today>.csv`, the names of the columns first."""
    file_name = f"{name}-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        csv_lines(columns, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of such a file; texts that a spreadsheet would take for formulas are made plain."""
    line = csv.writer(_Echo()).writerow
    # Excel takes a file for UTF-8 by this mark only.
    yield "\ufeff"
    yield line(columns)
    for row in rows:
        yield line([_cell(value) for value in row])


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


class _Echo:
    """Hands each line back, where csv would write it."""

    def write(self, line: str) -> str:
        return line
