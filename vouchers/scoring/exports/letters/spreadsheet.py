"""The scores and the ranking of a call as .xlsx, whose totals recompute themselves.

The sheet of the ranking holds formulas over the sheet of the assessments and the grid. Each looks at
the rows of its own application alone, so that an auditor can follow it, and ten thousand of them stay
quick. The values are written with them, for programs that do not calculate. Beside each total stands
the one that the portal ranked by, and whether the two agree.

Whatever people typed is written as text (`exports`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import IO

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from exports.letters.spreadsheet import ACCENT, Formulas, Spreadsheet
from exports.rules.cells import rounded
from exports.rules.columns import Column, HeldTable
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


def write_spreadsheet(export: Export, file: IO[bytes]) -> None:
    """Write the .xlsx of an export in the active language."""
    with Spreadsheet(file, title=str(export.call)) as book:
        _ScoresWriter(export, book).write()


class _ScoresWriter:
    """Writes one file, sheet by sheet."""

    def __init__(self, export: Export, book: Spreadsheet) -> None:
        self.export, self.book = export, book

    def write(self) -> None:
        export, book = self.export, self.book
        grid, ranking = book.sheet(_("Grid")), book.sheet(_("Ranking"))
        assessments, consensuses = book.sheet(_("Assessments")), book.sheet(_("Consensuses"))
        self._write_grid(grid)
        given = assessments_table(export)
        book.begun["assessments"] = (assessments.get_name(), 1)
        self._write_ranking(ranking, given)
        book.write_alone(assessments, given)
        book.write_alone(consensuses, consensuses_table(export))
        ranking.activate()

    def _write_grid(self, sheet: Worksheet) -> None:
        """What the call fixed, one table below the other."""
        export, book, row = self.export, self.book, 0
        for column, width in enumerate([52, 44, 22, 22, 22]):
            sheet.set_column(column, column, width)
        sheet.write_string(
            row, 0, str(export.call), book.format(bold=True, font_size=16, font_color=ACCENT)
        )
        for line in _explanation(export):
            row += 1
            sheet.write_string(row, 0, line, book.format())
        for table in (
            rules_table(export),
            criteria_table(export),
            countries_table(export),
        ):
            row = book.write_table(sheet, table, top=row + 2)

    def _write_ranking(self, sheet: Worksheet, given: HeldTable) -> None:
        table = _with_recorded_totals(ranking_table(self.export))
        self.book.write_alone(sheet, table, self._formulas(table, given))

    def _formulas(self, table: HeldTable, given: HeldTable) -> Formulas:
        """How the means, points and totals follow from the assessments and the grid."""
        numbers = [one.position for one in self.export.criteria]
        places = Cells(self.book.begun, table, given, numbers)
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


def _with_recorded_totals(table: HeldTable) -> HeldTable:
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
