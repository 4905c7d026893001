"""Tables as .xlsx, in the reader's language and direction.

Rows go to the disk as they are written, so that a file of a hundred thousand needs no more memory than
one of ten. Whatever people typed is written as text, also where it begins with = + - or @.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import IO, Any

from django.utils.translation import get_language_bidi
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from exports.rules.cells import decimals_of, is_like_a_formula, text_of
from exports.rules.columns import Column, Kind, Money, Table

# A formula for a row of a table (from 0) by the key of its column.
Formulas = Mapping[str, Callable[[int], str]]
ACCENT, SOFT, LINE = "#123F8F", "#EFF3FB", "#C9D2E3"

# More than a cell holds.
_LETTERS_OF_A_CELL = 32_767
# More than a sheet holds, the headings among them.
ROWS_OF_A_SHEET = 1_048_576
_WIDTHS = {
    Kind.TEXT: 28,
    Kind.STATE: 22,
    Kind.MONEY: 14,
    Kind.MOMENT: 17,
    Kind.DAY: 12,
    Kind.DAYS: 10,
    Kind.YES_NO: 10,
}
_WIDTH = 16
# From here on a text is broken into lines.
_WIDE = 50
_UNFIT_FOR_A_SHEET = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_spreadsheet(tables: Iterable[tuple[str, Table]], file: IO[bytes], *, title: str) -> None:
    """Write an .xlsx with each table on a sheet of its own, by the name that is given with it."""
    with Spreadsheet(file, title=title) as book:
        for name, table in tables:
            book.write_alone(book.sheet(name), table)


class Spreadsheet:
    """Writes one file, sheet by sheet; closed at the end of a `with`."""

    def __init__(self, file: IO[bytes], *, title: str) -> None:
        # Nothing becomes a formula or a link by itself.
        self.book = Workbook(
            file,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "remove_timezone": True,
            },
        )
        self.book.set_properties({"title": title, "author": "THE NEXT SOCIETY"})
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        # Where the rows of a table begin: its sheet, and the number of the first row.
        self.begun: dict[str, tuple[str, int]] = {}

    def __enter__(self) -> Spreadsheet:
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        if kind is None:
            self.book.close()

    def sheet(self, name: str) -> Worksheet:
        """A new sheet in the direction of the reader's language; its name is made to fit."""
        fit = name.translate(_UNFIT_FOR_A_SHEET).strip("' ")[:31] or "1"
        sheet = self.book.add_worksheet(fit)
        if get_language_bidi():
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def format(self, **look: Any) -> Format:
        """A format of cells, made once."""
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"valign": "top", "font_name": "Calibri", "font_size": 11, **look}
            )
        return self.formats[key]

    def write_alone(self, sheet: Worksheet, table: Table, formulas: Formulas | None = None) -> None:
        """A table that has a sheet to itself, with filters, its headings always in sight.

        What a sheet cannot hold goes on in further ones.
        """
        rows, part = iter(table.rows), 1
        left: Sequence[Any] | None = None
        name = sheet.get_name()
        while True:
            self._arrange(sheet, table.columns)
            last, left = self._write(sheet, table, rows, top=0, formulas=formulas, first=left)
            sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
            if left is None:
                return
            part += 1
            sheet = self.sheet(f"{name[:26]} ({part})")

    def write_table(
        self, sheet: Worksheet, table: Table, *, top: int, formulas: Formulas | None = None
    ) -> int:
        """Write headings and rows from `top` on; the number of the last row."""
        last, left = self._write(sheet, table, iter(table.rows), top=top, formulas=formulas)
        if left is not None:
            raise ValueError("the table is too long for a sheet that it shares")
        return last

    def _arrange(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width or _WIDTHS.get(column.kind, _WIDTH))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def _write(
        self,
        sheet: Worksheet,
        table: Table,
        rows: Any,
        *,
        top: int,
        formulas: Formulas | None,
        first: Sequence[Any] | None = None,
    ) -> tuple[int, Sequence[Any] | None]:
        """Headings and rows, as far as the sheet goes: its last row, and the one that did not fit."""
        heading = self.format(bold=True, text_wrap=True, font_color=ACCENT, bg_color=SOFT, bottom=1)
        for at, column in enumerate(table.columns):
            sheet.write_string(top, at, str(column.heading or column.key), heading)
        self.begun.setdefault(table.name, (sheet.get_name(), top + 1))
        at_row = top
        waiting = [first] if first is not None else []
        # Not by a generator: one that ends early would end the rows with it.
        for row in chain(waiting, rows):
            if at_row + 1 >= ROWS_OF_A_SHEET:
                return at_row, row
            at_row += 1
            for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                formula = (formulas or {}).get(column.key)
                if formula:
                    text = formula(at_row - top - 1)
                    sheet.write_formula(at_row, at, text, self._look(column, value), _plain(value))
                else:
                    self._write_cell(sheet, (at_row, at), column, value)
        return at_row, None

    def _write_cell(
        self, sheet: Worksheet, place: tuple[int, int], column: Column, value: Any
    ) -> None:
        look = self._look(column, value)
        if value is None or value == "":
            sheet.write_blank(*place, None, look)
        elif isinstance(value, bool):
            sheet.write_boolean(*place, value, look)
        elif isinstance(value, datetime):
            sheet.write_datetime(*place, value.astimezone(UTC), look)
        elif isinstance(value, date):
            sheet.write_datetime(*place, value, look)
        elif isinstance(value, int | float | Decimal | Fraction | Money):
            sheet.write_number(*place, _plain(value), look)
        else:
            sheet.write_string(*place, _said(column, value), look)

    def _look(self, column: Column, value: Any) -> Format:
        look: dict[str, Any] = {"bottom": 1, "bottom_color": LINE}
        if isinstance(value, datetime):
            look["num_format"] = "yyyy-mm-dd hh:mm"
        elif isinstance(value, date):
            look["num_format"] = "yyyy-mm-dd"
        elif isinstance(value, Fraction):
            look["num_format"] = f"0.{'0' * column.decimals}"
        elif isinstance(value, Money):
            look["num_format"] = _money_format(decimals_of(value))
        elif column.kind is Kind.MONEY:
            look["num_format"] = _money_format(2)
        elif not isinstance(value, int | float | Decimal):
            look["text_wrap"] = column.width >= _WIDE
            # Shown as it was typed, and kept as text by who edits the cell.
            look["quote_prefix"] = value is not None and is_like_a_formula(str(value))
        return self.format(**look)


def _money_format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _plain(value: Any) -> Any:
    """A number as spreadsheets keep it."""
    if isinstance(value, bool):
        return value
    return float(value.amount if isinstance(value, Money) else value)


def _said(column: Column, value: object) -> str:
    key = text_of(value)
    text = str(column.words.get(key, key))
    if len(text) > _LETTERS_OF_A_CELL:
        return text[: _LETTERS_OF_A_CELL - 1] + "…"
    return text
