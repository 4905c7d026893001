"""The programme in figures: selection, assistance, money, what happened in a period, what comes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.figures.panels import Board, FigureCell, FigureTable
from dashboards.queries.stages import StageWait, waits_by_stage

from .about import PageSubject
from .comparison import CallComparison, comparison_panel
from .desks import DAYS, FUNNEL, HOW_THEY_DO, MONEY, FigureSection
from .forecast import Forecast, forecast_panel
from .pictures import days_picture, funnel_picture, money_picture, stages_picture

SCORING = ("lacking_assessors", "being_scored", "fully_scored")
STAGES = tuple(
    f"stage_{name}"
    for name in ("needs", "plan", "delivery", "payment", "report", "closed", "ended")
)
RESULTS = ("indicators", "indicators_reached", "members")
OF_CALLS = ("money_available", *MONEY, "released")
IN_PERIOD = ("sent", "days_delivered", "milestones", "orders_paid")


@dataclass(frozen=True)
class Programme:
    """Every part of the page, in its order."""

    funnel: FigureSection
    scoring: FigureTable
    stages: FigureSection
    waits: list[StageWait]
    money: FigureSection
    by_call: FigureTable
    days: FigureSection
    results: list[FigureCell]
    happened: list[FigureCell]
    comparison: CallComparison | None
    forecast: Forecast


def programme_panel(user: User, about: PageSubject) -> Programme:
    """The figures of what the address names; a query for each list that shows them."""
    scope = about.scope
    names = (*FUNNEL, *SCORING, *HOW_THEY_DO, *STAGES, *OF_CALLS, *DAYS, *RESULTS)
    board = Board(user, scope, names, countries=about.countries, calls=about.calls)
    within = replace(scope, period=about.period)
    period = Board(user, within, IN_PERIOD, countries=about.countries)
    funnel = board.by_country(_("From call to results"), FUNNEL)
    stages = board.by_country(_("Where the vouchers stand"), (*STAGES, *HOW_THEY_DO[:2]))
    only_stages = board.by_country(_("Where the vouchers stand"), STAGES)
    money = board.by_country(_("Money of the vouchers, EUR"), MONEY)
    days = board.by_country(_("Days of assistance"), DAYS)
    return Programme(
        funnel=FigureSection(funnel, funnel_picture(funnel)),
        scoring=board.by_country(_("Applications that are being scored"), SCORING),
        stages=FigureSection(stages, stages_picture(only_stages)),
        waits=waits_by_stage(user, scope.call, scope.country),
        money=FigureSection(money, money_picture(money)),
        by_call=board.by_call(_("Money by call, EUR"), OF_CALLS),
        days=FigureSection(days, days_picture(days)),
        results=board.numbers(RESULTS),
        happened=period.numbers(IN_PERIOD),
        comparison=comparison_panel(user, about.calls, scope.call, scope.country),
        forecast=forecast_panel(user, scope),
    )
