"""Curves: what adds up day by day, each series on the days of its own life, with a legend above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .marks import MARGIN, WIDTH, Line, Mark, Picture, Text, share, shortened, width_of

STROKES = ("first", "second", "third", "fourth")
"""Strokes in the order in which series take them: told apart without colour."""

_HEIGHT, _AXIS = 120.0, 16.0
_LINE, _SWATCH = 17.0, 22.0
_STEPS = (1, 2, 7, 14, 30, 60, 90, 180, 365, 730)
"""Days between marks of the axis."""
_MOST_TICKS = 5


@dataclass(frozen=True)
class Curve:
    """A series: its name, and what it came to from a day on (days from nought, rising, and sums).

    It is drawn until `until`, the last day of which anything is known.
    """

    label: str
    points: tuple[tuple[int, float], ...]
    until: int


def curves(
    name: str,
    title: str,
    series: Sequence[Curve],
    *,
    days: int,
    most: tuple[float, str],
    write_day: Callable[[int], str],
    headings: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
) -> Picture:
    """Steps over days 0 to `days`; `most` is the top of the picture and how the reader writes it.

    The table (`headings`, `rows`) is the caller's, who knows what the sums are of. Raises ValueError
    for more series than there are strokes.
    """
    if len(series) > len(STROKES):
        raise ValueError(f"There are strokes for {len(STROKES)} series.")
    marks, top = _legend([one.label for one in series])
    foot = top + _HEIGHT
    marks += [*_axis(days, top, foot, write_day), Line(MARGIN, top, WIDTH - MARGIN, top)]
    # The first on top of the others.
    for one, kind in reversed(list(zip(series, STROKES, strict=False))):
        marks += _steps(one, kind, days, most[0], foot)
    marks.append(Line(MARGIN, foot, WIDTH - MARGIN, foot, "base"))
    # Where curves begin there is room above them.
    marks.append(Text(MARGIN + 3, top + 11, most[1], size=10, is_figure=True, is_soft=True))
    return Picture(
        name=name,
        title=title,
        height=foot + _AXIS,
        marks=tuple(marks),
        headings=headings,
        rows=tuple(rows),
    )


def _at(day: int, days: int) -> float:
    return round(MARGIN + (WIDTH - 2 * MARGIN) * share(day, days or 1), 2)


def _steps(one: Curve, kind: str, days: int, most: float, foot: float) -> list[Mark]:
    """Across until a day, then up to what it came to on it."""
    marks: list[Mark] = []
    x, y = _at(0, days), foot
    for day, value in one.points:
        at, height = _at(day, days), round(foot - _HEIGHT * share(value, most), 2)
        if at != x:
            marks.append(Line(x, y, at, y, kind))
        if height != y:
            marks.append(Line(at, y, at, height, kind))
        x, y = at, height
    end = _at(min(one.until, days), days)
    if end > x:
        marks.append(Line(x, y, end, y, kind))
    return marks


def _axis(days: int, top: float, foot: float, write: Callable[[int], str]) -> list[Mark]:
    step = next((one for one in _STEPS if days / one < _MOST_TICKS), days)
    marks: list[Mark] = []
    for day in range(0, days + 1, step):
        at, text = _at(day, days), write(day)
        marks.append(Line(at, top, at, foot))
        room = width_of(text, 9)
        # The first and the last stay inside the picture.
        anchor = "start" if at - room / 2 < 0 else "end" if at + room / 2 > WIDTH else "middle"
        marks.append(Text(at, foot + 11, text, anchor, 9, is_soft=True))
    return marks


def _legend(labels: Sequence[str]) -> tuple[list[Mark], float]:
    """A stroke and a name for each series in as many lines as it takes, and where it ends."""
    marks: list[Mark] = []
    x, y = MARGIN, 4.0
    for label, kind in zip(labels, STROKES, strict=False):
        text = shortened(label, WIDTH - 2 * MARGIN - _SWATCH - 5, 10)
        width = _SWATCH + 5 + width_of(text, 10)
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y = MARGIN, y + _LINE
        marks.append(Line(x, y + 5, x + _SWATCH, y + 5, kind))
        marks.append(Text(x + _SWATCH + 5, y + 9, text, size=10))
        x += width + 12
    return marks, y + _LINE + 6
