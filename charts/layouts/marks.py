"""What a picture is made of: rectangles, lines, polygons and texts, each at its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

WIDTH = 340.0
MARGIN = 8.0
SIZE = 11.0
"""The size of a label, in units of the picture."""

FILLS = ("solid", "hatched", "dotted", "banded", "crossed", "outlined")
"""Fills in the order in which series take them: told apart without colour."""

_OF_SIZE = 0.58
"""How wide a letter is at most on average, in parts of its size: Plex, Segoe, Noto alike."""


@dataclass(frozen=True)
class Rect:
    """A rectangle; `fill` is one of FILLS, or «track» for the ground of a bar."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Polygon:
    """A closed shape; `fill` as of a rectangle."""

    points: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True)
class Line:
    """A straight line: «grid» for a mark of an axis, «edge» for a border that means something, «base»
    for the ground, «first» to «fourth» for the series of curves.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = "grid"


@dataclass(frozen=True)
class Text:
    """A text, its base line at `y`. A figure runs from left to right in Arabic too."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = SIZE
    is_figure: bool = False
    is_soft: bool = False


Mark = Rect | Polygon | Line | Text


@dataclass(frozen=True)
class Picture:
    """A picture with its table.

    `name` is unique on its page; `title` says what is drawn; each of `rows` has one cell for each
    of `headings`, the first of them names the row.
    """

    name: str
    title: str
    height: float
    marks: tuple[Mark, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    width: float = WIDTH


_Some = TypeVar("_Some", bound=Picture)
_TURNED = {"start": "end", "end": "start", "middle": "middle"}


def mirrored(picture: _Some) -> _Some:
    """The same picture for those who read from the right."""
    return replace(picture, marks=tuple(_turned(mark, picture.width) for mark in picture.marks))


def _turned(mark: Mark, width: float) -> Mark:
    if isinstance(mark, Rect):
        return replace(mark, x=width - mark.x - mark.width)
    if isinstance(mark, Line):
        return replace(mark, x1=width - mark.x1, x2=width - mark.x2)
    if isinstance(mark, Polygon):
        return replace(mark, points=tuple((width - x, y) for x, y in mark.points))
    return replace(mark, x=width - mark.x, anchor=_TURNED[mark.anchor])


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a text is; rather too wide than too narrow."""
    return len(text) * size * _OF_SIZE


def shortened(text: str, room: float, size: float = SIZE) -> str:
    """A text that fits into `room`, with an ellipsis where something was left out."""
    if width_of(text, size) <= room:
        return text
    kept = max(1, int(room / (size * _OF_SIZE)) - 1)
    return f"{text[:kept].rstrip()}…"


def share(value: float, whole: float) -> float:
    """A value's part of the whole, from 0 to 1; 0 where there is nothing.

    Raises ValueError for a negative value: no length shows it.
    """
    if value < 0:
        raise ValueError("No picture shows a negative figure.")
    return min(1.0, float(value) / float(whole)) if whole else 0.0
