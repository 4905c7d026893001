"""The picture of how stable a ranking is: an SVG made on the server, for pages and for PDFs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# In units of the picture, which scales to its place: drawn for a telephone, larger on a desk.
WIDTH, LEFT, ROW, HEAD = 340, 8, 40, 18
_NAME = 38
_MOST = 20


@dataclass(frozen=True)
class Bar:
    """One cluster: where its name, bar and figure are drawn."""

    rank: int
    cluster: str
    share: float
    length: float
    name_at: int
    bar_at: int
    within: bool


@dataclass(frozen=True)
class Tick:
    """A mark on the axis: where it is drawn when one reads from the left, and from the right."""

    per_cent: int
    at: int
    mirrored: int


@dataclass(frozen=True)
class StabilityPicture:
    """Bars of the share of resamples within the quota, the first ranks on top."""

    bars: tuple[Bar, ...]
    height: int
    # Below the last rank within the quota; None where all are on one side.
    edge_at: int | None
    # Where the axis begins, is half-way and ends.
    ticks: tuple[Tick, ...]

    width: int = WIDTH
    foot: int = HEAD


def stability_picture(rows: Sequence[Mapping[str, Any]], *, quota: int) -> StabilityPicture:
    """Lay out the picture of rows with rank, cluster and share (0 to 1), in the order of ranks."""
    length = WIDTH - 2 * LEFT
    bars = tuple(
        Bar(
            rank=row["rank"],
            cluster=_short(str(row["cluster"])),
            share=row["share"] * 100,
            length=round(row["share"] * length, 2),
            name_at=HEAD + ROW * index + 14,
            bar_at=HEAD + ROW * index + 20,
            within=row["rank"] <= quota,
        )
        for index, row in enumerate(rows[:_MOST])
    )
    inside = sum(bar.within for bar in bars)
    return StabilityPicture(
        bars=bars,
        height=HEAD + ROW * len(bars) + 6,
        edge_at=HEAD + ROW * inside if 0 < inside < len(bars) else None,
        ticks=tuple(
            Tick(per_cent, at := LEFT + length * per_cent // 100, WIDTH - at)
            for per_cent in (0, 50, 100)
        ),
    )


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
