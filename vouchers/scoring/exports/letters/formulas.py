"""The cells of the spreadsheet, as its formulas name them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from exports.rules.columns import HeldTable

from .scores import RULES


class Cells:
    """The cells of one file, as formulas name them."""

    def __init__(
        self,
        begun: Mapping[str, tuple[str, int]],
        ranking: HeldTable,
        given: HeldTable,
        numbers: Sequence[int],
    ) -> None:
        self.begun, self.ranking, self.given = begun, ranking, given
        # Of the criteria, in the order of the grid.
        self.numbers = numbers
        column = given.position("application")
        self.rows: dict[str, tuple[int, int]] = {}
        for reference, found in groupby(enumerate(given.rows), key=lambda row: row[1][column]):
            numbers = [number for number, _row in found]
            self.rows[reference] = (numbers[0], numbers[-1])

    def grid(self, table: str, row: int, column: int) -> str:
        """A cell of a table on the grid, the row counted from 0."""
        sheet, first = self.begun[table]
        cell = xl_rowcol_to_cell(first + row, column, row_abs=True, col_abs=True)
        return f"{quote_sheetname(sheet)}!{cell}"

    def rule(self, key: str) -> str:
        """The cell with the value of a rule."""
        return self.grid("rules", list(RULES).index(key), 1)

    def criterion(self, number: int, column: int) -> str:
        """A cell of the criterion with this number; its columns are those of the table."""
        return self.grid("criteria", self.numbers.index(number), column)

    def own(self, row: int, key: str) -> str:
        """The cell of the same row of the ranking."""
        return xl_rowcol_to_cell(1 + row, self.ranking.position(key))

    def scores(self, row: int, key: str) -> str:
        """The cells of a column of the assessments that are of the application in the row."""
        reference = self.ranking.rows[row][self.ranking.position("application")]
        first, last = self.rows[reference]
        sheet, top = self.begun["assessments"]
        column = self.given.position(key)
        return f"{quote_sheetname(sheet)}!{xl_range_abs(top + first, column, top + last, column)}"

    def mean_of(self, number: int) -> Callable[[int], str]:
        """The mean of a criterion over the sheets that count."""
        return lambda row: (
            f"=AVERAGEIFS({self.scores(row, 'score')},{self.scores(row, 'criterion')},"
            f"{self.criterion(number, 0)},{self.scores(row, 'counts')},TRUE)"
        )

    def points_of(self, number: int) -> Callable[[int], str]:
        """The points of a criterion: mean ÷ highest score × weight."""
        return lambda row: (
            f"={self.own(row, f'mean_{number}')}/{self.rule('score_max')}"
            f"*{self.criterion(number, 2)}"
        )

    def exact_total(self, row: int) -> str:
        """The sum of the points, without the dust of binary fractions."""
        points = "+".join(self.own(row, f"points_{number}") for number in self.numbers)
        return f"ROUND({points},9)"

    def passes(self, row: int) -> str:
        """Whether the total and each mean reach their threshold."""
        tests = [f"{self.exact_total(row)}>={self.rule('total_threshold')}"]
        tests += [
            f"ROUND({self.own(row, f'mean_{number}')}/{self.rule('score_max')}*100,9)"
            f">={self.criterion(number, 3)}"
            for number in self.numbers
        ]
        return f"=AND({','.join(tests)})"

    def agrees(self, row: int) -> str:
        """Whether the total is the one that the portal ranked by."""
        return f"={self.own(row, 'total')}={self.own(row, 'recorded_total')}"
