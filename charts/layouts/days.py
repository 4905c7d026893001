"""An axis of days: where a day is drawn, and which of them are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from .marks import MARGIN, WIDTH, Line, Mark, Text, width_of

_MOST_TICKS = 5
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months between marks."""

# A browser writes in a font of the reader's machine, which may be so much wider than the one measured.
_WIDER = 1.25

Written = Callable[[date], str]


@dataclass(frozen=True)
class Axis:
    """Days from `first` to the end of `last`, across the picture."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day begins; what lies outside is drawn at the border."""
        days = (self.last - self.first).days + 1
        passed = min(days, max(0, (day - self.first).days))
        return round(MARGIN + (WIDTH - 2 * MARGIN) * passed / days, 2)

    def months(self) -> list[date]:
        """Firsts of months inside the axis, at even distances, at most five of them."""
        for step in _STEPS:
            found = list(self._firsts(step))
            if len(found) <= _MOST_TICKS:
                return found
        return found[:: len(found) // _MOST_TICKS + 1]

    def _firsts(self, step: int) -> Iterator[date]:
        year, month = self.first.year, self.first.month
        while (day := date(year, month, 1)) <= self.last:
            # From January on, so that a step of three months marks quarters.
            if day >= self.first and (year * 12 + month - 1) % step == 0:
                yield day
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def drawn(self, write: Written, top: float, foot: float) -> list[Mark]:
        """The marks of the months with what `write` calls them, above `top`; lines down to `foot`."""
        marks: list[Mark] = []
        free = 0.0
        for month in self.months():
            at, text = self.at(month), write(month)
            marks.append(Line(at, top, at, foot))
            room = width_of(text, 9) * _WIDER
            # One that has no room is left out: the line itself tells where the month begins.
            if free <= at and at + 2 + room <= WIDTH:
                marks.append(Text(at + 2, top - 3, text, size=9, is_soft=True))
                free = at + 6 + room
        return marks


def axis_over(days: list[date]) -> Axis:
    """An axis that holds all of these days. Raises ValueError where there are none."""
    return Axis(min(days), max(days))
