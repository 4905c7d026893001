"""What each role finds on its desk besides what waits: the figures that it works by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import (
    is_assessor,
    is_coordinator,
    is_finance_officer,
    is_officer,
    sees_some_country,
)
from charts.layouts import Picture
from clusters.models import Country
from dashboards.figures.panels import Board, FigureCell, FigureTable
from dashboards.figures.queries import Scope

from .forecast import Forecast, forecast_panel
from .pictures import days_picture, money_picture

FUNNEL = (
    *("sent", "eligible", "scored", "awarded"),
    *("issued", "planned", "delivering", "first_paid", "closed"),
)
HOW_THEY_DO = (
    *("light_red", "light_amber", "milestones_late"),
    *("awaits_countersignature", "awaits_amendment"),
)
# Of each country; what is available belongs to calls.
MONEY = (
    *("money_committed", "money_payable", "money_in_transit", "money_bank"),
    *("money_advanced", "money_receivable"),
)
DAYS = ("days_planned", "days_delivered")
CLAIMS = ("claims_submitted", "claims_verified", "claims_approved", "claims_ordered")
OWN_SCORES = ("scores_to_do", "scores_done")


@dataclass(frozen=True)
class FigureSection:
    """A table of figures, and the picture that is drawn of it, if any."""

    table: FigureTable
    picture: Picture | None = None


@dataclass(frozen=True)
class Figures:
    """The figures of a desk: sections, single numbers, and for who pays what is to come."""

    sections: list[FigureSection] = field(default_factory=list)
    numbers: list[FigureCell] = field(default_factory=list)
    forecast: Forecast | None = None


def figures_of_desk(user: User, scope: Scope, countries: Mapping[str, Country]) -> Figures:
    """The figures that a person works by, over all roles that they hold.

    `countries` are those that the person reaches, by code.
    """
    numbers = OWN_SCORES if (is_assessor | is_officer).test(user) else ()
    board = Board(user, scope, [*numbers, *_names(user)], countries=countries)
    return Figures(
        list(_sections(user, board)),
        _own_scores(board, numbers),
        forecast_panel(user, scope) if is_finance_officer.test(user) else None,
    )


def _own_scores(board: Board, names: Sequence[str]) -> list[FigureCell]:
    """What the person scores; nothing for who was never asked to."""
    cells = board.numbers(names)
    return cells if any(cell.value for cell in cells) else []


def _only_pays(user: User) -> bool:
    """Whether the person is asked about money alone."""
    return is_finance_officer.test(user) and not (is_officer | is_coordinator).test(user)


def _names(user: User) -> tuple[str, ...]:
    """What the sections of the person's desk ask for."""
    if not sees_some_country.test(user):
        return ()
    return (*MONEY, *CLAIMS) if _only_pays(user) else (*FUNNEL, *MONEY, *DAYS, *HOW_THEY_DO)


def _sections(user: User, board: Board) -> Iterator[FigureSection]:
    """What a role is asked about most comes first: who pays, the money; others, how far things are."""
    if not sees_some_country.test(user):
        return
    money = board.by_country(_("Money of the vouchers, EUR"), MONEY)
    if _only_pays(user):
        yield FigureSection(money, money_picture(money))
        yield FigureSection(board.by_country(_("Claims on their way"), CLAIMS))
        return
    days = board.by_country(_("Days of assistance"), DAYS)
    yield FigureSection(board.by_country(_("From call to results"), FUNNEL))
    yield FigureSection(money, money_picture(money))
    yield FigureSection(days, days_picture(days))
    yield FigureSection(board.by_country(_("How the vouchers do"), HOW_THEY_DO))
