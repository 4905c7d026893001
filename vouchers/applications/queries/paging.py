"""A page of a long list, found by the record at its edge: no page costs more than the first.

Numbered pages make the database count and skip all that comes before; and what arrives meanwhile
moves every row. Here an address names the last record seen, and the page goes on after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from inputs.rules.numbers import sent_number

# Counting goes no further: more is told as 'more than'.
COUNTED = 1000


@dataclass(frozen=True)
class Window:
    """Some rows of a list, and the keys of the records from which the pages beside it go on."""

    rows: list[Any]
    before: int | None
    after: int | None
    count: int

    @property
    def counted(self) -> int:
        """How far it is counted."""
        return COUNTED

    @property
    def is_counted(self) -> bool:
        """Whether `count` is exact: otherwise there are more."""
        return self.count <= COUNTED


@dataclass(frozen=True)
class Edge:
    """From where a page goes on: after the record with this key, or backwards before it."""

    key: int
    backwards: bool = False


def edge_in(address: QueryDict) -> Edge | None:
    """The edge that an address names as `after` or `before`; None for the first page."""
    for name in ("after", "before"):
        text = address.get(name, "")
        # As long as a key may be: more digits are no key of the database.
        if key := sent_number(text):
            return Edge(key, backwards=name == "before")
    return None


def window(
    found: QuerySet[Any], order: str, edge: Edge | None, *, among: QuerySet[Any], size: int
) -> Window:
    """`size` rows of `found` in the order of a field ('-' for descending), then of the key.

    The edge is looked up `among` all that the person may see: it may have left the filter. One that
    is not there, or before which less than a page stands, leads to the first page.
    """
    beyond = _beyond(found, order, edge, among) if edge else None
    rows = list(beyond[: size + 1]) if beyond is not None else None
    backwards = edge is not None and edge.backwards
    if rows is None or (backwards and len(rows) <= size):
        edge, backwards = None, False
        rows = list(_ordered(found, order, descending=order.startswith("-"))[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    goes_on, has_before = more or backwards, more if backwards else edge is not None
    return Window(
        rows=rows,
        before=rows[0].pk if rows and has_before else None,
        after=rows[-1].pk if rows and goes_on else None,
        count=len(rows) if edge is None and not more else _counted(found),
    )


def _beyond(
    found: QuerySet[Any], order: str, edge: Edge, among: QuerySet[Any]
) -> QuerySet[Any] | None:
    """What comes beyond the edge, the nearest first; None where there is no such edge."""
    name = order.removeprefix("-")
    value = among.filter(pk=edge.key).values_list(name, flat=True).first()
    if value is None:
        return None
    descending = order.startswith("-") ^ edge.backwards
    side = "lt" if descending else "gt"
    # The first bound is where a search in the index begins.
    bound = Q(**{f"{name}__{side}e": value})
    after = Q(**{f"{name}__{side}": value}) | Q(**{f"pk__{side}": edge.key})
    return _ordered(found.filter(bound & after), order, descending=descending)


def _ordered(found: QuerySet[Any], order: str, *, descending: bool) -> QuerySet[Any]:
    sign = "-" if descending else ""
    return found.order_by(f"{sign}{order.removeprefix('-')}", f"{sign}pk")


def _counted(found: QuerySet[Any]) -> int:
    return found.order_by().values("pk")[: COUNTED + 1].count()
