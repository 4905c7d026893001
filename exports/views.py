"""Tables as answers: files to download, with names that are safe on every machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import get_language, override

from conduct.queries.days import today

from .letters.lines import csv_lines, delimiter_for_reader
from .letters.spreadsheet import write_spreadsheet
from .rules.columns import Table

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"

_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST_NAME = 100
# Lines are sent together: each piece costs the server as much as a line.
_LINES_OF_A_PIECE = 200


def file_name(name: str, ending: str) -> str:
    """`<name>-<today>.<ending>`, without what a file system or a header could trip over."""
    fit = _UNFIT.sub("-", name).strip("-")[:_LONGEST_NAME] or "table"
    return f"{fit}-{today().isoformat()}.{ending}"


def csv_response(table: Table) -> StreamingHttpResponse:
    """The table as CSV, sent while it is read from the database.

    It opens in columns in the Excel of the active language, numbers as numbers. Tables that programs
    read (`csv_lines`) have commas and points in every language.
    """
    lines = csv_lines(table, delimiter=delimiter_for_reader())
    return StreamingHttpResponse(
        _pieces(lines, get_language() or "en"),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="{file_name(table.name, "csv")}"'},
    )


def xlsx_response(table: Table, *, title: str) -> FileResponse:
    """The table as .xlsx in the active language; `title` names the sheet."""
    return file_response(
        lambda file: write_spreadsheet([(title, table)], file, title=title),
        file_name(table.name, "xlsx"),
        XLSX,
    )


def file_response(write: Callable[[IO[bytes]], None], name: str, content_type: str) -> FileResponse:
    """What `write` writes, from a temporary file that is gone once it is sent."""
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _pieces(lines: Iterator[str], language: str) -> Iterator[bytes]:
    """The lines in pieces. They are read after the request, when its language is active no more."""
    while True:
        with override(language):
            piece = "".join(islice(lines, _LINES_OF_A_PIECE))
        if not piece:
            return
        yield piece.encode()
