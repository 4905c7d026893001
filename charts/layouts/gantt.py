"""A Gantt chart: what is planned from when to when, a row each, with the line of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .bars import row
from .days import Written, axis_over
from .marks import Line, Mark, Picture, Polygon, Rect

_HEAD, _ROW, _BAR = 16.0, 36.0, 11.0
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Task:
    """One row: from the first to the last day, both included; what is said of its state."""

    label: str
    start: date
    end: date
    state: str
    fill: str = "solid"


def gantt(
    name: str,
    title: str,
    tasks: Sequence[Task],
    *,
    headings: tuple[str, str, str, str],
    write_day: Written,
    write_month: Written,
    today: date | None = None,
) -> Picture:
    """Tasks in their order; `headings` name task, first day, last day and state.

    A task of one day is a diamond. Raises ValueError where one ends before it begins.
    """
    if any(task.end < task.start for task in tasks):
        raise ValueError("A task ends before it begins.")
    height = _HEAD + _ROW * len(tasks) + 2
    marks: list[Mark] = []
    if tasks:
        axis = axis_over([day for task in tasks for day in (task.start, task.end)])
        marks += axis.drawn(write_month, _HEAD, height)
        if today and axis.first <= today <= axis.last:
            marks.append(Line(axis.at(today), _HEAD, axis.at(today), height, "edge"))
        for index, task in enumerate(tasks):
            top = _HEAD + _ROW * index
            marks += row(top, task.label, "")
            start, end = axis.at(task.start), axis.at(task.end + _ONE_DAY)
            if task.start == task.end:
                middle, half = (start + end) / 2, _BAR / 2 + 1
                y = top + 19 + _BAR / 2
                points = (
                    (middle, y - half),
                    (middle + half, y),
                    (middle, y + half),
                    (middle - half, y),
                )
                marks.append(Polygon(points, task.fill))
            else:
                marks.append(Rect(start, top + 19, round(end - start, 2), _BAR, task.fill))
    return Picture(
        name=name,
        title=title,
        height=height,
        marks=tuple(marks),
        headings=headings,
        rows=tuple(
            (task.label, write_day(task.start), write_day(task.end), task.state) for task in tasks
        ),
    )
