"""Small multiples: the same few figures for one country after the other, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .bars import Value
from .marks import MARGIN, WIDTH, Line, Mark, Picture, Rect, Text, share, shortened

_COLUMNS, _GAP = 2, 16.0
_TITLE, _FIGURE, _HIGH, _LABEL = 18.0, 14.0, 70.0, 16.0
_ROW = _TITLE + _FIGURE + _HIGH + _LABEL + 10


@dataclass(frozen=True)
class Panel:
    """One small chart: of what, and its figures, which have the same labels in all of them."""

    label: str
    values: tuple[Value, ...]


def multiples(name: str, title: str, panels: Sequence[Panel], *, heading: str) -> Picture:
    """Columns in small panels, two in a row, all against the largest figure of any of them.

    `heading` names what the panels are of. Raises ValueError where their labels differ.
    """
    labels = {tuple(value.label for value in panel.values) for panel in panels}
    if len(labels) > 1:
        raise ValueError("Small multiples show the same figures in each panel.")
    largest = max((float(value.value) for panel in panels for value in panel.values), default=0)
    width = (WIDTH - 2 * MARGIN - _GAP * (_COLUMNS - 1)) / _COLUMNS
    marks: list[Mark] = []
    for index, panel in enumerate(panels):
        x = MARGIN + (width + _GAP) * (index % _COLUMNS)
        y = _ROW * (index // _COLUMNS)
        marks.append(Text(x, y + 13, shortened(panel.label, width)))
        foot = y + _TITLE + _FIGURE + _HIGH
        slot = width / max(1, len(panel.values))
        for place, value in enumerate(panel.values):
            high = round(share(float(value.value), largest) * _HIGH, 2)
            left, middle = round(x + slot * (place + 0.2), 2), round(x + slot * (place + 0.5), 2)
            marks += [
                Rect(left, foot - high, round(slot * 0.6, 2), high, value.fill),
                Text(middle, foot - high - 4, value.text, "middle", 9, is_figure=True),
                Text(middle, foot + 12, shortened(value.label, slot, 9), "middle", 9, is_soft=True),
            ]
        marks.append(Line(x, foot, round(x + width, 2), foot, "base"))
    names = next(iter(labels), ())
    return Picture(
        name=name,
        title=title,
        height=_ROW * -(-len(panels) // _COLUMNS),
        marks=tuple(marks),
        headings=(heading, *names),
        rows=tuple((panel.label, *(value.text for value in panel.values)) for panel in panels),
    )
