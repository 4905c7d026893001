"""Stacked bars: what a sum is made of, row by row, with a legend above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .bars import BAR, LENGTH, ROW, row
from .marks import FILLS, MARGIN, WIDTH, Mark, Picture, Rect, Text, share, shortened, width_of

_LINE = 17.0
_SWATCH = 10.0


@dataclass(frozen=True)
class Stack:
    """One row: its label, the figure of each series with how it is written, and that of the sum."""

    label: str
    parts: tuple[tuple[Decimal | float, str], ...]
    total: str


def stacked_bars(
    name: str,
    title: str,
    series: Sequence[str],
    stacks: Sequence[Stack],
    *,
    headings: tuple[str, str],
    axis: Decimal | float = 0,
) -> Picture:
    """Rows of parts, against `axis` or the largest sum; `headings` name the rows and the sum.

    Raises ValueError for more series than there are fills, and for a row with another number of parts.
    """
    if len(series) > len(FILLS) or any(len(stack.parts) != len(series) for stack in stacks):
        raise ValueError(f"A row has one part for each series, of which there are {len(FILLS)}.")
    sums = [sum(float(value) for value, _text in stack.parts) for stack in stacks]
    longest = float(axis or max(sums, default=0))
    marks, top = legend(series)
    for index, stack in enumerate(stacks):
        at, y = MARGIN, top + ROW * index
        marks += row(y, stack.label, stack.total)
        marks.append(Rect(MARGIN, y + 19, LENGTH, BAR, "track"))
        for (value, _text), fill in zip(stack.parts, FILLS, strict=False):
            length = min(share(float(value), longest) * LENGTH, MARGIN + LENGTH - at)
            if length > 0:
                marks.append(Rect(round(at, 2), y + 19, round(length, 2), BAR, fill))
            at += length
    return Picture(
        name=name,
        title=title,
        height=top + ROW * len(stacks) + 2,
        marks=tuple(marks),
        headings=(headings[0], *series, headings[1]),
        rows=tuple(
            (stack.label, *(text for _value, text in stack.parts), stack.total) for stack in stacks
        ),
    )


def legend(series: Sequence[str]) -> tuple[list[Mark], float]:
    """A legend in as many lines as it takes, and where it ends."""
    marks: list[Mark] = []
    x, y = MARGIN, 4.0
    for label, fill in zip(series, FILLS, strict=False):
        text = shortened(label, LENGTH - _SWATCH - 5, 10)
        width = _SWATCH + 5 + width_of(text, 10)
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y = MARGIN, y + _LINE
        marks += [Rect(x, y, _SWATCH, _SWATCH, fill), Text(x + _SWATCH + 5, y + 9, text, size=10)]
        x += width + 12
    return marks, y + _LINE + 3
