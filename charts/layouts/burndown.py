"""A burn-down: what is left of a budget, day by day, against what the plan would leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from .days import Axis, Written
from .marks import MARGIN, WIDTH, Line, Mark, Picture, Polygon, Text, share

_HEAD, _HEIGHT = 16.0, 110.0

Point = tuple[date, float]
"""A day, and what is left from it on."""


def burndown(
    name: str,
    title: str,
    planned: Sequence[Point],
    used: Sequence[Point],
    *,
    total: tuple[float, str],
    until: date,
    headings: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    write_month: Written,
) -> Picture:
    """What is left by sessions (`used`) as a filled area, by the plan as a broken line.

    Both begin on the same day, days ascending; the area ends with its last point. `total` is what
    there is in all, and how the reader writes it; `until` is the last day of the axis. The table
    (`headings`, `rows`) is the caller's, who knows what the figures are of.
    """
    marks: list[Mark] = []
    if planned and used:
        axis = Axis(planned[0][0], max(until, planned[-1][0], used[-1][0]))
        whole, written = total
        foot = _HEAD + _HEIGHT

        def height(value: float) -> float:
            return round(foot - _HEIGHT * share(value, whole), 2)

        marks += axis.drawn(write_month, _HEAD, foot)
        marks.append(Polygon(_area(axis, used, height, foot), "dotted"))
        marks += [
            Line(axis.at(day), height(left), axis.at(later), height(less), "edge")
            for (day, left), (later, less) in pairwise(planned)
            if axis.at(day) != axis.at(later) or left != less
        ]
        marks.append(Line(MARGIN, foot, WIDTH - MARGIN, foot))
        marks.append(
            Text(WIDTH - MARGIN, _HEAD + 12, written, "end", 10, is_figure=True, is_soft=True)
        )
    return Picture(
        name=name,
        title=title,
        height=_HEAD + _HEIGHT + 4,
        marks=tuple(marks),
        headings=headings,
        rows=tuple(rows),
    )


def _area(
    axis: Axis, used: Sequence[Point], height: Callable[[float], float], foot: float
) -> tuple[tuple[float, float], ...]:
    """The corners of the area below the steps of `used`."""
    first, last = axis.at(used[0][0]), axis.at(used[-1][0])
    corners = [(first, foot), (first, height(used[0][1]))]
    for (_day, left), (later, less) in pairwise(used):
        corners += [(axis.at(later), height(left)), (axis.at(later), height(less))]
    return (*corners, (last, foot))
