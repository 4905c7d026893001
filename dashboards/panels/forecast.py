"""The forecast as a page shows it: each month leads to the milestones that make its sum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import pgettext

from accounts.models import User
from charts.layouts import Picture
from dashboards.figures.kinds import FIGURES, Period
from dashboards.figures.panels import FigureCell
from dashboards.figures.queries import Scope
from dashboards.queries.forecast import Month, forecast
from documents.wording import day, month

from .pictures import forecast_picture


@dataclass(frozen=True)
class Forecast:
    """What is to be claimed, line by line, and as a picture."""

    lines: list[tuple[str, FigureCell]]
    picture: Picture

    @property
    def is_empty(self) -> bool:
        return not any(cell.value for _label, cell in self.lines)


def forecast_panel(user: User, scope: Scope) -> Forecast:
    """What the plans in force leave to claim by month, of what the person may read; one query."""
    figure = FIGURES["money_unclaimed"]
    lines = [
        (
            _label(one),
            FigureCell(
                figure,
                one.amount,
                figure.url(scope.call, scope.country, Period(one.first, one.last)),
            ),
        )
        for one in forecast(user, scope.call, scope.country)
    ]
    told: list[tuple[str, Decimal]] = [(label, cell.value) for label, cell in lines]
    return Forecast(lines, forecast_picture(told))


def _label(one: Month) -> str:
    if one.first is None:
        return pgettext("of a forecast", "Due before this month")
    if one.last is None:
        return pgettext("of a forecast", "Later, from %(day)s") % {"day": day(one.first)}
    return month(f"{one.first:%Y-%m}")
