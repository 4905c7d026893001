"""Figures as pages show them: tables of which each cell leads to its list, and single numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import Country
from vouchers.calls.models import Call

from .kinds import FIGURES, Figure, Unit
from .queries import Answers, Scope, answers


@dataclass(frozen=True)
class FigureCell:
    """One number on a page, and the list that shows the very same."""

    figure: Figure
    value: Any
    url: str

    @property
    def is_money(self) -> bool:
        return self.figure.unit is Unit.MONEY


@dataclass(frozen=True)
class Row:
    """A row of a table: of a country or a call, or of all together."""

    label: str
    cells: list[FigureCell]


@dataclass(frozen=True)
class FigureTable:
    """Figures by country or by call, with all of them together at the foot."""

    title: str
    heading: str
    figures: list[Figure]
    rows: list[Row]
    together: Row

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but noughts."""
        return not any(cell.value for cell in self.together.cells)


class Board:
    """The figures of a page, asked for together: one query for the records of each list.

    `names` are all that the page shows; those whose lists the person does not have are left away.
    """

    def __init__(
        self,
        user: User,
        scope: Scope,
        names: Sequence[str],
        *,
        countries: Mapping[str, Country],
        calls: Sequence[Call] = (),
    ) -> None:
        self.user, self.scope = user, scope
        self.countries = [one for one in countries.values() if scope.country in ("", one.code)]
        self.calls = [one for one in calls if scope.call in (None, one)]
        self.names = names

    @cached_property
    def _found(self) -> dict[str, Answers]:
        return answers(self.user, self._shown(self.names), self.scope)

    def by_country(self, title: str, names: Sequence[str]) -> FigureTable:
        """Some of the figures, a row for each country."""
        figures = self._worth_a_column(names)
        rows = [
            Row(str(one), [self._cell(figure, country=one.code) for figure in figures])
            for one in self.countries
        ]
        return FigureTable(title, _("Country"), figures, rows, self._together(figures))

    def by_call(self, title: str, names: Sequence[str]) -> FigureTable:
        """Some of the figures, a row for each call."""
        figures = self._worth_a_column(names)
        rows = [
            Row(str(one), [self._cell(figure, call=one) for figure in figures])
            for one in self.calls
        ]
        return FigureTable(title, _("Call"), figures, rows, self._together(figures))

    def numbers(self, names: Sequence[str]) -> list[FigureCell]:
        """Some of the figures, each alone, of all that the page is about."""
        return self._together(self._shown(names)).cells

    def _shown(self, names: Sequence[str]) -> list[Figure]:
        return [FIGURES[name] for name in names if FIGURES[name].source.shown_to(self.user)]

    def _worth_a_column(self, names: Sequence[str]) -> list[Figure]:
        shown = self._shown(names)
        return [one for one in shown if not one.is_rare or self._found[one.name].of(one.name)]

    def _together(self, figures: Sequence[Figure]) -> Row:
        return Row(_("Total"), [self._cell(one) for one in figures])

    def _cell(
        self, figure: Figure, *, country: str | None = None, call: Call | None = None
    ) -> FigureCell:
        found = self._found[figure.name]
        scope = self.scope
        return FigureCell(
            figure,
            found.of(figure.name, country=country, call=call.pk if call else None),
            figure.url(call or scope.call, country or scope.country, scope.period),
        )
