"""The pages of the history: the keys of so many actions, the newest first, whatever narrows it.

A page begins at an index and stops after its rows. Where one of several people, actions or kinds is
asked for, each has its own branch with the limit pushed into it, since an index in the order of the
list begins with one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from conduct.models import Trace
from lists.queries import COUNTED, Edge

NEWEST = ("-at", "-deed")
_OLDEST = ("at", "deed")


@dataclass(frozen=True)
class DeedKey:
    """One action: its instant and what its traces have in common."""

    at: datetime
    deed: UUID


@dataclass(frozen=True)
class KeysOfPage:
    """The actions of a page, and those from which the pages beside it go on."""

    keys: list[DeedKey]
    before: UUID | None = None
    after: UUID | None = None


def page_of(
    branches: Sequence[QuerySet[Trace]], edge: Edge | None, among: QuerySet[Trace], size: int
) -> KeysOfPage:
    """The keys beyond the edge; one that is not there leads to the first page."""
    start = _start(edge, among) if edge is not None else None
    backwards = edge is not None and edge.backwards
    keys = _keys(branches, start, size, backwards=backwards) if edge is None or start else []
    if edge is not None and (not keys or (backwards and len(keys) <= size)):
        start, backwards = None, False
        keys = _keys(branches, None, size, backwards=False)
    more, keys = len(keys) > size, keys[:size]
    if backwards:
        keys.reverse()
    has_before = more if backwards else start is not None
    return KeysOfPage(
        keys,
        before=keys[0].deed if keys and has_before else None,
        after=keys[-1].deed if keys and (more or backwards) else None,
    )


def counted(branches: Sequence[QuerySet[Trace]]) -> int:
    """How many actions there are, counted up to one more than a list counts."""
    found = _united(branches, NEWEST, COUNTED + 1)
    return found.count() if found is not None else 0


def in_order(traces: QuerySet[Trace], size: int) -> Iterator[list[Trace]]:
    """All traces, the newest action first, so many at a time."""
    held: list[Trace] = []
    for trace in traces.order_by(*NEWEST, "pk").iterator(size):
        held.append(trace)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def _start(edge: Edge, among: QuerySet[Trace]) -> DeedKey | None:
    try:
        deed = UUID(str(edge.key))
    except ValueError:
        return None
    found = among.filter(deed=deed).order_by("-at").values_list("at", flat=True).first()
    return DeedKey(found, deed) if found is not None else None


def _keys(
    branches: Sequence[QuerySet[Trace]], start: DeedKey | None, size: int, *, backwards: bool
) -> list[DeedKey]:
    """So many keys and one more, which tells whether it goes on; the nearest first."""
    order = _OLDEST if backwards else NEWEST
    parts = [_beyond(branch, start, backwards=backwards) for branch in branches]
    found = _united(parts, order, size + 1)
    return [DeedKey(row["at"], row["deed"]) for row in found] if found is not None else []


def _united(
    branches: Sequence[QuerySet[Trace]], order: Sequence[str], most: int
) -> QuerySet[Any] | None:
    """So many keys at most of all branches, of which none reads more; None without a branch."""
    parts: list[Any] = [
        branch.order_by(*order).values("at", "deed").distinct()[:most] for branch in branches
    ]
    if len(parts) < 2:
        return parts[0] if parts else None
    united: QuerySet[Any] = parts[0].union(*parts[1:]).order_by(*order)[:most]
    return united


def _beyond(traces: QuerySet[Trace], start: DeedKey | None, *, backwards: bool) -> QuerySet[Trace]:
    if start is None:
        return traces
    side, bound = ("gt", "gte") if backwards else ("lt", "lte")
    after = Q(**{f"at__{side}": start.at}) | Q(at=start.at, **{f"deed__{side}": start.deed})
    # The first bound is where a search in the index begins.
    return traces.filter(Q(**{f"at__{bound}": start.at}) & after)
