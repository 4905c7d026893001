"""A call beside earlier ones on the same day of their lives: a table, and curves of what added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from charts.layouts import Curve, Picture, curves
from conduct.queries.days import day_of, today
from documents.wording import amount, day, number
from reports.queries.comparison import (
    ComparedStep,
    LifeDay,
    compared,
    growth,
    lives_of,
    steps_of,
)
from vouchers.calls.models import Call


@dataclass(frozen=True)
class ComparedCell:
    """What a call had come to by its day; and by today, where that is something else."""

    life: LifeDay
    then: Any
    now: Any

    @property
    def went_on(self) -> bool:
        return self.then != self.now


@dataclass(frozen=True)
class CallComparison:
    """The lives that are compared, the first of them that of the call in question."""

    lives: list[LifeDay]
    rows: list[tuple[ComparedStep, list[ComparedCell]]]
    picture: Picture | None

    @property
    def age(self) -> int:
        """How many days the call is open."""
        return (self.lives[0].day - self.lives[0].opened).days

    @property
    def told(self) -> str:
        return ngettext(
            "%(call)s opened %(number)d day ago.", "%(call)s opened %(number)d days ago.", self.age
        ) % {"call": self.lives[0].call, "number": self.age}


def comparison_panel(
    user: User, calls: Sequence[Call], call: Call | None, country: str
) -> CallComparison | None:
    """A call, or the one that opened last, against those before it; None where none has opened."""
    lives = lives_of(calls, call)
    if not lives:
        return None
    if len(lives) == 1:
        return CallComparison(lives, [], None)
    found = compared(user, lives, country)
    rows = [
        (
            step,
            [ComparedCell(life, *found[step.name].get(life.call.pk, (0, 0))) for life in lives],
        )
        for step in steps_of(user)
    ]
    return CallComparison(lives, rows, _picture(user, lives, country, rows))


def _picture(
    user: User,
    lives: Sequence[LifeDay],
    country: str,
    rows: Sequence[tuple[ComparedStep, list[ComparedCell]]],
) -> Picture | None:
    """What was paid, once a call is past its deadline and something was; before, what was sent."""
    cells = {step.name: found for step, found in rows}
    is_past = day_of(lives[0].call.deadline) < today()
    of_money = "sent" not in cells or (is_past and any(cell.now for cell in cells.get("paid", ())))
    shown = cells.get("paid" if of_money else "sent", [])
    if not any(cell.now for cell in shown):
        return None
    points = growth(user, lives, country, of_money=of_money)
    most = max((value for grown in points.values() for _day, value in grown), default=Decimal(0))
    written = amount if of_money else number
    return curves(
        "comparison",
        _("Paid since each call opened, EUR")
        if of_money
        else _("Applications sent since each call opened"),
        [_curve(life, points) for life in lives],
        days=max([1, *(grown[-1][0] for grown in points.values() if grown)]),
        most=(float(most), written(most)),
        write_day=lambda on: (
            pgettext("of a call's life", "day %(number)s") % {"number": number(on)}
        ),
        headings=(_("Call"), pgettext("of a call's life", "On the same day"), _("By today")),
        rows=[(str(cell.life.call), written(cell.then), written(cell.now)) for cell in shown],
    )


def _curve(life: LifeDay, points: Mapping[int, list[tuple[int, Decimal]]]) -> Curve:
    # What comes back of what was paid is no height of a picture.
    grown = tuple((on, max(0.0, float(value))) for on, value in points[life.call.pk])
    return Curve(f"{life.call} ({day(life.opened)})", grown, (today() - life.opened).days)
