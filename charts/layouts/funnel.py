"""A funnel: how many are left from stage to stage."""

from __future__ import annotations

from collections.abc import Sequence

from .bars import LENGTH, Value, row
from .marks import WIDTH, Mark, Picture, Polygon, Rect, share

_ROW, _BAR, _HEAD = 44.0, 13.0, 19.0


def funnel(name: str, title: str, stages: Sequence[Value], *, headings: tuple[str, str]) -> Picture:
    """Stages in their order, centred, against the largest; what falls away is drawn between them."""
    largest = max((float(stage.value) for stage in stages), default=0)
    widths = [share(float(stage.value), largest) * LENGTH for stage in stages]
    marks: list[Mark] = []
    for index, (stage, width) in enumerate(zip(stages, widths, strict=True)):
        top = _ROW * index
        marks += row(top, stage.label, stage.text)
        left = (WIDTH - width) / 2
        if index + 1 < len(stages):
            below = (WIDTH - widths[index + 1]) / 2
            foot, next_top = top + _HEAD + _BAR, top + _ROW + _HEAD
            # Behind the label of the next stage, which stays readable on so light a ground.
            marks.insert(
                0,
                Polygon(
                    (
                        (round(left, 2), foot),
                        (round(WIDTH - left, 2), foot),
                        (round(WIDTH - below, 2), next_top),
                        (round(below, 2), next_top),
                    ),
                    "track",
                ),
            )
        marks.append(Rect(round(left, 2), top + _HEAD, round(width, 2), _BAR, stage.fill))
    return Picture(
        name=name,
        title=title,
        height=_ROW * len(stages) - 8 if stages else 0,
        marks=tuple(marks),
        headings=headings,
        rows=tuple((stage.label, stage.text) for stage in stages),
    )
