"""Pictures of figures: each is drawn from the table that stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from charts.layouts import Picture, Stack, Value, bars, funnel, stacked_bars
from dashboards.figures.panels import FigureTable
from documents.wording import amount, measure, number


def money_picture(table: FigureTable) -> Picture:
    """Where the money of each country stands, EUR; the series are the figures of the table."""
    stacks = [
        Stack(
            row.label,
            tuple((cell.value, amount(cell.value)) for cell in row.cells),
            amount(sum((cell.value for cell in row.cells), start=Decimal(0))),
        )
        for row in table.rows
    ]
    series = [str(one.heading) for one in table.figures]
    headings = (table.heading, pgettext("sum of a row", "Total"))
    return stacked_bars("money", _("Money of the vouchers, EUR"), series, stacks, headings=headings)


def funnel_picture(table: FigureTable) -> Picture:
    """How many came how far, over all rows of the table."""
    stages = [
        Value(str(cell.figure.heading), cell.value, number(cell.value))
        for cell in table.together.cells
    ]
    headings = (pgettext("of a funnel", "Step"), pgettext("of a funnel", "Number"))
    return funnel("funnel", _("From call to results"), stages, headings=headings)


def days_picture(table: FigureTable) -> Picture:
    """Days of expertise delivered, and what is left of the plan; of tables of planned and delivered."""
    stacks = []
    for row in table.rows:
        planned, delivered = (Decimal(cell.value) for cell in row.cells[:2])
        left = max(Decimal(0), planned - delivered)
        # Without words, so that it reads the same from either side.
        told = f"{measure(delivered)} / {measure(planned)}"
        parts = ((delivered, measure(delivered)), (left, measure(left)))
        stacks.append(Stack(row.label, parts, told))
    series = (
        pgettext("days of assistance", "delivered"),
        pgettext("days of assistance", "still to come"),
    )
    headings = (table.heading, pgettext("sum of a row", "Total"))
    return stacked_bars("days", _("Days of assistance"), series, stacks, headings=headings)


def stages_picture(table: FigureTable) -> Picture:
    """How many vouchers are in each stage, over all rows."""
    values = [
        Value(str(cell.figure.heading), cell.value, number(cell.value))
        for cell in table.together.cells
    ]
    headings = (_("Stage"), _("Vouchers"))
    return bars("stages", _("Where the vouchers stand"), values, headings=headings)


def forecast_picture(lines: Sequence[tuple[str, Decimal]]) -> Picture:
    """What is to be claimed month by month, EUR."""
    values = [Value(label, value, amount(value)) for label, value in lines]
    headings = (pgettext("of a forecast", "Due"), "EUR")
    return bars("forecast", _("What is still to be claimed"), values, headings=headings)
