"""The scores and the ranking of a call as .xlsx, whose totals recompute themselves.

The sheet of the ranking holds formulas over the sheet of the assessments and the grid. Each looks at
the rows of its own application alone, so that an auditor can follow it, and ten thousand of them stay
quick. The values are written with them, for programs that do not calculate. Beside each total stands
the one that the portal ranked by, and whether the two agree.

Whatever people typed is written as text, also where it begins with = + - or @.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import IO, Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vouchers.scoring.exports.queries import Export

from .formulas import Cells
from .ranking import ranking_table
from .scores import (
    assessments_table,
    consensuses_table,
    countries_table,
    criteria_table,
    rules_table,
)
from .tables import Column, Table, rounded

# A formula for a row of a table (from 0) by the key of its column.
Formulas = Mapping[str, Callable[[int], str]]
_ACCENT, _SOFT, _LINE = "#123F8F", "#EFF3FB", "#C9D2E3"

# More than a cell holds.
_LETTERS_OF_A_CELL = 32_767
_WIDE = {"strengths": 60, "weaknesses": 60, "reason": 60, "cluster": 36, "rule": 52}
_SINGLE = {"assessor": 26, "rapporteur": 26, "criterion_name": 30, "name": 44, "application": 20}


def write_spreadsheet(export: Export, file: IO[bytes]) -> None:
    """Write the .xlsx of an export in the active language."""
    _Writer(export, file).write()


class _Writer:
    """Writes one file, sheet by sheet."""

    def __init__(self, export: Export, file: IO[bytes]) -> None:
        self.export = export
        # Rows go to the disk as they are written; nothing becomes a formula or a link by itself.
        self.book = Workbook(
            file,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "remove_timezone": True,
            },
        )
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        # Where the rows of a table begin: its sheet, and the number of the first row.
        self.begun: dict[str, tuple[str, int]] = {}

    def write(self) -> None:
        export = self.export
        self.book.set_properties({"title": str(export.call), "author": "THE NEXT SOCIETY"})
        grid, ranking = self._sheet(_("Grid")), self._sheet(_("Ranking"))
        assessments, consensuses = self._sheet(_("Assessments")), self._sheet(_("Consensuses"))
        self._write_grid(grid)
        given = assessments_table(export)
        self.begun["assessments"] = (assessments.get_name(), 1)
        self._write_ranking(ranking, given)
        self._write_alone(assessments, given)
        self._write_alone(consensuses, consensuses_table(export))
        ranking.activate()
        self.book.close()

    def _sheet(self, name: str) -> Worksheet:
        """A sheet in the direction of the reader's language."""
        sheet = self.book.add_worksheet(name[:31])
        if get_language_bidi():
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _format(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"valign": "top", "font_name": "Calibri", "font_size": 11, **look}
            )
        return self.formats[key]

    def _write_grid(self, sheet: Worksheet) -> None:
        """What the call fixed, one table below the other."""
        export, row = self.export, 0
        for column, width in enumerate([52, 44, 22, 22, 22]):
            sheet.set_column(column, column, width)
        sheet.write_string(
            row, 0, str(export.call), self._format(bold=True, font_size=16, font_color=_ACCENT)
        )
        for line in _explanation(export):
            row += 1
            sheet.write_string(row, 0, line, self._format())
        for table in (
            rules_table(export),
            criteria_table(export),
            countries_table(export),
        ):
            row = self._write_table(sheet, table, top=row + 2)

    def _write_alone(
        self, sheet: Worksheet, table: Table, formulas: Formulas | None = None
    ) -> None:
        """A table that has a sheet to itself, with filters, its headings always in sight."""
        for at, column in enumerate(table.columns):
            width = _WIDE.get(column.key) or _SINGLE.get(column.key) or 16
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
        self._write_table(sheet, table, top=0, formulas=formulas)

    def _write_table(
        self, sheet: Worksheet, table: Table, *, top: int, formulas: Formulas | None = None
    ) -> int:
        """Write headings and rows from `top` on; the number of the last row."""
        heading = self._format(
            bold=True, text_wrap=True, font_color=_ACCENT, bg_color=_SOFT, bottom=1
        )
        for at, column in enumerate(table.columns):
            sheet.write_string(top, at, str(column.heading), heading)
        self.begun[table.name] = (sheet.get_name(), top + 1)
        for number, row in enumerate(table.rows):
            for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                formula = (formulas or {}).get(column.key)
                place = (top + 1 + number, at)
                if formula:
                    sheet.write_formula(
                        *place, formula(number), self._look(column, value), _plain(value)
                    )
                else:
                    self._write_cell(sheet, place, column, value)
        return top + len(table.rows)

    def _write_cell(
        self, sheet: Worksheet, place: tuple[int, int], column: Column, value: Any
    ) -> None:
        look = self._look(column, value)
        if isinstance(value, bool):
            sheet.write_boolean(*place, value, look)
        elif isinstance(value, datetime):
            sheet.write_datetime(*place, value.astimezone(UTC), look)
        elif isinstance(value, int | Decimal | Fraction):
            sheet.write_number(*place, _plain(value), look)
        elif value:
            sheet.write_string(*place, _said(column, value), look)
        else:
            sheet.write_blank(*place, None, look)

    def _look(self, column: Column, value: Any) -> Format:
        look: dict[str, Any] = {"bottom": 1, "bottom_color": _LINE}
        if isinstance(value, datetime):
            look["num_format"] = "yyyy-mm-dd hh:mm"
        elif isinstance(value, Fraction):
            look["num_format"] = f"0.{'0' * column.decimals}"
        elif isinstance(value, str):
            look["text_wrap"] = column.key in _WIDE
            # Shown as it was typed, and kept as text by who edits the cell.
            look["quote_prefix"] = value.startswith(("=", "+", "-", "@"))
        return self._format(**look)

    def _write_ranking(self, sheet: Worksheet, given: Table) -> None:
        table = _with_recorded_totals(ranking_table(self.export))
        self._write_alone(sheet, table, self._formulas(table, given))

    def _formulas(self, table: Table, given: Table) -> Formulas:
        """How the means, points and totals follow from the assessments and the grid."""
        numbers = [one.position for one in self.export.criteria]
        places = Cells(self.begun, table, given, numbers)
        formulas: dict[str, Callable[[int], str]] = {
            "total": lambda row: f"=ROUND({places.exact_total(row)},2)",
            "passes": places.passes,
            "agrees": places.agrees,
        }
        for number in numbers:
            formulas[f"mean_{number}"] = places.mean_of(number)
            formulas[f"points_{number}"] = places.points_of(number)
        return formulas


def _explanation(export: Export) -> list[str]:
    lines = [
        _(
            "The means, points and totals of the sheet “Ranking” are formulas: they follow from "
            "the scores that count in the sheet “Assessments”, and from the weights below."
        ),
        _(
            "Change a score or a weight, and the totals follow. The places do not: they are those "
            "of the portal. Filter the assessments as you like, but do not sort them."
        ),
    ]
    if export.left_out:
        lines.append(_("It holds only the countries whose scores you may see."))
    return lines


def _with_recorded_totals(table: Table) -> Table:
    """The table with the totals to the cent once more, as the portal ranked by them, to compare."""
    at = table.position("total")
    totals = [Fraction(rounded(row[at], 2)) for row in table.rows]
    return replace(
        table,
        columns=[
            *table.columns,
            Column("recorded_total", _("Total on the portal"), "", decimals=2),
            Column("agrees", _("The two totals agree"), ""),
        ],
        rows=[
            [*row[:at], total, *row[at + 1 :], total, True]
            for row, total in zip(table.rows, totals, strict=True)
        ],
    )


def _plain(value: Any) -> Any:
    """A number as spreadsheets keep it."""
    return value if isinstance(value, bool) else float(value)


def _said(column: Column, value: object) -> str:
    text = str(column.words.get(str(value), value))
    if len(text) > _LETTERS_OF_A_CELL:
        return text[: _LETTERS_OF_A_CELL - 1] + "…"
    return text
