"""A list as a PDF: landscape A4, tagged for screen readers (PDF/UA-1), in the active language.

Columns are those of every other file of the list (`exports.rules.columns`). What is asked of the
database is read by who calls; here nothing is.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import pikepdf
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, pgettext
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from documents.rendering import fonts
from documents.rendering.isolating import isolated_runs
from documents.rendering.pdf import EMBLEM, STYLESHEET, OwnFilesOnly
from documents.rendering.repairing import repair
from documents.wording import amount, direction, figures, funding_statement, number
from exports.rules.cells import rounded, text_of
from exports.rules.columns import Column, HeldTable, Kind, Money

_LOOK = STYLESHEET.with_name("list.css")
# A cell shows so many letters of a text; the spreadsheet has it whole.
_LETTERS_OF_A_CELL = 500
# With more columns letters are smaller, and texts narrower: up to so many columns, in points and letters.
_SIZES = ((8, 8.0, 40), (12, 7.0, 32), (16, 6.2, 26))
_SMALLEST = (5.6, 20)
# What stands between two columns, and the longest word of a heading that is not divided, in letters.
_GAP, _HEADING = 2.5, 9
# Of an instant, which stands on two lines.
_DAY_LETTERS = 11
# One is drawn at a time in a process: each needs up to 200 MB (docs/performance.md).
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class PaperList:
    """What stands on the paper: its title, who made it when, what it is narrowed to, its sums and rows.

    `made` is a sentence; `said` the filters with their values, `sums` the totals with theirs, in words.
    """

    title: str
    made: str
    table: HeldTable
    said: Sequence[tuple[object, object]] = ()
    sums: Sequence[tuple[object, object]] = ()
    made_at: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True)
class _Cell:
    text: str
    # Whole, aligned to its end or to its beginning.
    look: str
    # Where it runs otherwise than the page.
    direction: str = ""


class Busy(Exception):
    """Other lists are being drawn in this process."""


def draw_table(paper: PaperList, *, patience: float = -1) -> bytes:
    """The PDF. Columns in which nothing stands are left away, and named.

    Raises Busy where another is being drawn for longer than `patience` (seconds; -1: however long).
    """
    if not _ONE_AT_A_TIME.acquire(timeout=patience):
        raise Busy
    try:
        return _drawn(paper)
    finally:
        # What it was laid out by hangs in cycles, 40 MB of a list of 5,000 cells, and the web looks for
        # garbage seldom (`nextsociety.garbage`; measured in docs/performance.md).
        gc.collect()
        _ONE_AT_A_TIME.release()


def _drawn(paper: PaperList) -> bytes:
    columns, rows, empty = _shown(paper.table)
    lines = [[_cell(*one) for one in zip(columns, row, strict=True)] for row in rows]
    page = render_to_string(
        "documents/list.html",
        {
            "paper": paper,
            "headings": [
                (_heading(column), "number" if _is_number(column) else "") for column in columns
            ],
            "lines": lines,
            "empty": [_heading(column) for column in empty],
            "was_shortened": any(
                len(value) > _LETTERS_OF_A_CELL
                for row in rows
                for value in row
                if isinstance(value, str)
            ),
            "language": get_language(),
            "direction": "rtl" if get_language_bidi() else "ltr",
            "created": paper.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "emblem": EMBLEM.as_uri(),
            "funding": funding_statement("funded"),
        },
    )
    stylesheet, font_configuration = _look()
    sizes = CSS(string=_measures(columns, lines), font_config=font_configuration)
    html = HTML(string=isolated_runs(page), base_url=None, url_fetcher=OwnFilesOnly())
    content = html.write_pdf(
        stylesheets=[stylesheet, sizes], font_config=font_configuration, pdf_variant="pdf/ua-1"
    )
    with pikepdf.open(BytesIO(content)) as pdf:
        repair(pdf)
        written = BytesIO()
        pdf.save(written)
    return written.getvalue()


def cell_text(column: Column, value: Any) -> str:
    """A value as people read it in a narrow cell: days and instants (UTC) as the spreadsheet has them."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return pgettext("of a cell", "Yes") if value else pgettext("of a cell", "No")
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return number(rounded(value, column.decimals), column.decimals)
    if isinstance(value, Money):
        return amount(value.amount, value.currency)
    if isinstance(value, Decimal | int) and column.kind is Kind.MONEY:
        return figures(value)
    if isinstance(value, Decimal | int | float):
        # The year of a day, or a number that is a name, is not grouped.
        return number(Decimal(str(value))) if column.kind is not Kind.TEXT else str(value)
    key = text_of(value)
    text = str(column.words.get(key, key))
    return text if len(text) <= _LETTERS_OF_A_CELL else f"{text[: _LETTERS_OF_A_CELL - 1]}…"


def _cell(column: Column, value: Any) -> _Cell:
    text = cell_text(column, value)
    if isinstance(value, datetime):
        return _Cell(text, "", "ltr")
    if isinstance(value, str) or value is None:
        other = "ltr" if get_language_bidi() else "rtl"
        return _Cell(text, "", other if text and direction(text) == other else "")
    if isinstance(value, bool):
        return _Cell(text, "")
    if isinstance(value, date):
        return _Cell(text, "whole", "ltr")
    if isinstance(value, int | float | Decimal | Fraction | Money):
        return _Cell(text, "number" if _is_number(column) else "whole", "ltr")
    return _Cell(text, "")


def _heading(column: Column) -> str:
    return str(column.heading or column.key)


def _is_number(column: Column) -> bool:
    return column.kind in (Kind.MONEY, Kind.NUMBER, Kind.DAYS)


def _shown(table: HeldTable) -> tuple[list[Column], list[list[Any]], list[Column]]:
    """The columns in which anything stands with their rows, and those in which nothing does."""
    full = [
        any(row[at] not in (None, "") for row in table.rows) for at in range(len(table.columns))
    ]
    # A table of nothing but empty rows keeps its first column: there is no table without any.
    full[0] = full[0] or not any(full)
    columns = [one for one, is_full in zip(table.columns, full, strict=True) if is_full]
    rows = [
        [value for value, is_full in zip(row, full, strict=True) if is_full] for row in table.rows
    ]
    return (
        columns,
        rows,
        [one for one, is_full in zip(table.columns, full, strict=True) if not is_full],
    )


def _measures(columns: Sequence[Column], lines: Sequence[Sequence[_Cell]]) -> str:
    """The widths of the columns, by their cells, and what differs with language and number of columns."""
    sizes = ((points, widest) for most, points, widest in _SIZES if len(columns) <= most)
    points, widest = next(sizes, _SMALLEST)
    letters = [
        _letters(column, [line[at] for line in lines], widest) for at, column in enumerate(columns)
    ]
    widths = [
        f"thead th:nth-child({at}) {{ width: {one * 100 / sum(letters):.2f}% }}"
        for at, one in enumerate(letters, 1)
    ]
    start, end = ("right", "left") if get_language_bidi() else ("left", "right")
    return "\n".join(
        [
            f"table {{ font-size: {points}pt }}",
            f"th, td {{ text-align: {start}; padding-{start}: 0; padding-{end}: 1.6mm }}",
            f".number {{ text-align: {end} }}",
            f"@page {{ @bottom-{start} {{ content: string(running-title); width: 75%;"
            f" text-align: {start} }}"
            f" @bottom-{end} {{ content: counter(page) ' / ' counter(pages); direction: ltr;"
            f" text-align: {end} }} }}",
            *widths,
        ]
    )


def _letters(column: Column, cells: Sequence[_Cell], widest: int) -> float:
    """How wide a column is: what is never divided counts whole, a text up to the `widest`."""
    word = min(max(map(len, _heading(column).split()), default=0), _HEADING)
    whole = max((len(one.text) for one in cells if one.look), default=0)
    longest = max((len(one.text) for one in cells if not one.look), default=0)
    if column.kind is Kind.MOMENT:
        longest = min(longest, _DAY_LETTERS)
    # Words of a key are divided at a blank, and not within a word.
    return max(word, whole, min(longest, widest)) + _GAP


@cache
def _look() -> tuple[CSS, FontConfiguration]:
    """The stylesheet and the fonts: parsed once in each process."""
    configuration = FontConfiguration()
    text = f"{fonts.font_face_rules()}\n{Path(_LOOK).read_text()}"
    look = CSS(string=text, font_config=configuration, url_fetcher=OwnFilesOnly())
    return look, configuration
