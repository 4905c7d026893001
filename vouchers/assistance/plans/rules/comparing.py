"""Two versions of a plan, row by row: what was added, removed and changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from .parts import COLUMNS, Content, PartOf


class RowFate(Enum):
    """What became of a row from one version to another."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class RowChange:
    """A row in both versions, or in one of them; `columns` are those that differ."""

    change: RowFate
    old: Any = None
    new: Any = None
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PartChange:
    """A part with all of its rows in the order of the new version, removed ones where they stood."""

    part: PartOf
    rows: list[RowChange] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        return all(row.change is RowFate.SAME for row in self.rows)


def compared(old: Content, new: Content) -> list[PartChange]:
    """Every part of two versions, old and new row side by side; rows are known by their keys."""
    frame = frozenset(
        name for name in ("aim", "provider") if getattr(old, name) != getattr(new, name)
    )
    first = RowChange(RowFate.CHANGED if frame else RowFate.SAME, old, new, frame)
    return [
        PartChange(PartOf.FRAME, [first]),
        *(
            PartChange(part, _rows(part, old.rows(part), new.rows(part)))
            for part in list(PartOf)[1:]
        ),
    ]


def _rows(part: PartOf, old: list[Any], new: list[Any]) -> list[RowChange]:
    before = {row.key: row for row in old}
    after = {row.key for row in new}
    found = [_changed(part, before.get(row.key), row) for row in new]
    # What was removed stands where it stood: behind the row that came before it.
    for place, row in enumerate(old):
        if row.key in after:
            continue
        earlier = {one.key for one in old[:place]}
        at = max(
            (index + 1 for index, one in enumerate(found) if (one.new or one.old).key in earlier),
            default=0,
        )
        found.insert(at, RowChange(RowFate.REMOVED, old=row))
    return found


def _changed(part: PartOf, old: Any, new: Any) -> RowChange:
    if old is None:
        return RowChange(RowFate.ADDED, new=new)
    columns = frozenset(name for name in COLUMNS[part] if getattr(old, name) != getattr(new, name))
    return RowChange(RowFate.CHANGED if columns else RowFate.SAME, old, new, columns)
