"""Bars: one figure after the other, each under its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .marks import MARGIN, WIDTH, Line, Mark, Picture, Rect, Text, share, shortened, width_of

HEAD, ROW, BAR = 18.0, 36.0, 11.0
LENGTH = WIDTH - 2 * MARGIN


@dataclass(frozen=True)
class Value:
    """One figure: what it is of, how large, and how the reader writes it."""

    label: str
    value: Decimal | float
    text: str
    fill: str = "solid"


@dataclass(frozen=True)
class Bar:
    """One bar as drawn; `share` is its part of the axis, 0 to 100, to a tenth."""

    label: str
    text: str
    share: Decimal


@dataclass(frozen=True, kw_only=True)
class BarPicture(Picture):
    """A picture of bars."""

    bars: tuple[Bar, ...]


def bars(
    name: str,
    title: str,
    values: Sequence[Value],
    *,
    headings: tuple[str, str],
    axis: Decimal | float = 0,
    ticks: Sequence[tuple[float, str]] = (),
    edge_after: int | None = None,
) -> BarPicture:
    """Bars of `values` against `axis` or, where it is 0, against the largest of them.

    `ticks` are marks above (part of the axis from 0 to 1, text); a broken line stands below the
    first `edge_after` bars, if there are others.
    """
    longest = float(axis or max((one.value for one in values), default=0))
    top = HEAD if ticks else 2.0
    height = top + ROW * len(values) + 2
    marks: list[Mark] = []
    for part, text in ticks:
        at = MARGIN + LENGTH * part
        marks += [
            Line(at, top, at, height),
            Text(at, 12, text, "middle", 9, is_figure=True, is_soft=True),
        ]
    drawn = []
    for index, one in enumerate(values):
        part = share(float(one.value), longest)
        drawn.append(Bar(one.label, one.text, _tenths(part)))
        marks += row(top + ROW * index, one.label, one.text)
        marks += [
            Rect(MARGIN, top + ROW * index + 19, LENGTH, BAR, "track"),
            Rect(MARGIN, top + ROW * index + 19, round(part * LENGTH, 2), BAR, one.fill),
        ]
    if edge_after and edge_after < len(values):
        at = top + ROW * edge_after
        marks.append(Line(0, at, WIDTH, at, "edge"))
    return BarPicture(
        name=name,
        title=title,
        height=height,
        marks=tuple(marks),
        headings=headings,
        rows=tuple((one.label, one.text) for one in values),
        bars=tuple(drawn),
    )


def row(top: float, label: str, figure: str) -> list[Mark]:
    """The line above a bar: its label, as far as there is room, and its figure at the end."""
    room = LENGTH - (width_of(figure) + 10 if figure else 0)
    marks: list[Mark] = [Text(MARGIN, top + 14, shortened(label, room))]
    if figure:
        marks.append(Text(WIDTH - MARGIN, top + 14, figure, "end", is_figure=True))
    return marks


def _tenths(part: float) -> Decimal:
    return (Decimal(str(part)) * 100).quantize(Decimal("0.1"))
