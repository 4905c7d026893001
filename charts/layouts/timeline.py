"""A time line: what happened when, each event at its day, labels never one over the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .days import Axis, Written, axis_over
from .marks import MARGIN, WIDTH, Line, Mark, Picture, Polygon, Text, shortened, width_of

_LEVEL, _HALF, _HEAD = 18.0, 5.0, 16.0
_ROOM = 200.0


@dataclass(frozen=True)
class Event:
    """What happened, and on which day."""

    label: str
    day: date
    fill: str = "solid"


def timeline(
    name: str,
    title: str,
    events: Sequence[Event],
    *,
    headings: tuple[str, str],
    write_day: Written,
    write_month: Written,
    today: date | None = None,
) -> Picture:
    """Events by day, the earliest first; `headings` name the event and its day."""
    ordered = sorted(events, key=lambda event: event.day)
    marks: list[Mark] = []
    height = 0.0
    if ordered:
        axis = axis_over([event.day for event in ordered])
        labels = _labels(axis, ordered)
        levels = 1 + max(level for _x, level, _text in labels)
        base = _HEAD + _LEVEL * levels + _HALF + 4
        height = base + _HALF + 2
        marks += axis.drawn(write_month, _HEAD, height)
        if today and axis.first <= today <= axis.last:
            marks.append(Line(axis.at(today), _HEAD, axis.at(today), height, "edge"))
        marks.append(Line(MARGIN, base, WIDTH - MARGIN, base))
        for event, (x, level, text) in zip(ordered, labels, strict=True):
            at, y = axis.at(event.day), _HEAD + _LEVEL * (levels - level)
            marks += [
                Line(at, y + 3, at, base - _HALF),
                Text(x, y, text, size=10),
                Polygon(
                    (
                        (at, base - _HALF),
                        (at + _HALF, base),
                        (at, base + _HALF),
                        (at - _HALF, base),
                    ),
                    event.fill,
                ),
            ]
    return Picture(
        name=name,
        title=title,
        height=height,
        marks=tuple(marks),
        headings=headings,
        rows=tuple((event.label, write_day(event.day)) for event in ordered),
    )


def _labels(axis: Axis, events: Sequence[Event]) -> list[tuple[float, int, str]]:
    """For each event where its label begins, how many levels up, and what fits of it.

    A label stands above all later ones that it would touch, so that no line to an event runs
    through the label of another.
    """
    found: list[tuple[float, int, str]] = []
    for event in reversed(events):
        text = shortened(event.label, _ROOM, 10)
        width = width_of(text, 10)
        x = max(MARGIN, min(axis.at(event.day) - 4, WIDTH - MARGIN - width))
        below = [level for other, level, _text in found if other < x + width + 8]
        found.append((round(x, 2), max(below, default=-1) + 1, text))
    return found[::-1]
