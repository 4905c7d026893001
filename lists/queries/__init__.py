"""A page of a long list, found by the record at its edge: no page costs more than the first.

Numbered pages make the database count and skip all that comes before; and what arrives meanwhile
moves every row. Here an address names the last record seen, and the page goes on after it.

The keys of a page are found first, and its rows are read by them: what a row needs of other tables is
joined for twenty rows, and not for all among which they were found. It is one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import Aggregate, BooleanField, Count, F, Func, Q, QuerySet
from django.http import QueryDict

from exports.rules.columns import Kind
from inputs.rules.numbers import sent_number

from .relations import joins_many, may_be_null

# Counting goes no further unless it is asked for: more is told as 'more than'.
COUNTED = 1000
# What an address says where all is to be counted and summed, however many there are.
COUNTING, ALL = "counted", "all"
# What an address may say of the place in the list.
PLACES = ("after", "before", "page")

# The fields of an order, '-' for descending; the key follows, so that no two records are equal.
Fields = Sequence[str]


@dataclass(frozen=True)
class Total:
    """A sum over all that a list is narrowed to: its key, its words, of what, and how it is written."""

    key: str
    label: object
    of: Aggregate
    kind: Kind = Kind.MONEY


@dataclass(frozen=True)
class Summed:
    """A total with what it came to."""

    total: Total
    value: Any

    @property
    def is_money(self) -> bool:
        return self.total.kind == Kind.MONEY


@dataclass(frozen=True)
class Window:
    """Some rows of a list, and the keys of the records from which the pages beside it go on."""

    rows: list[Any]
    before: Any
    after: Any
    count: int
    # All were counted, however many there are.
    is_exact: bool = False
    # Of all, where they are counted.
    sums: list[Summed] = kept(default_factory=list)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def counted(self) -> int:
        """How far it is counted."""
        return COUNTED

    @property
    def is_counted(self) -> bool:
        """Whether `count` is exact: otherwise there are more."""
        return self.is_exact or self.count <= COUNTED


@dataclass(frozen=True)
class Edge:
    """From where a page goes on: after the record with this key, or backwards before it."""

    key: Any
    backwards: bool = False


@dataclass(frozen=True)
class Numbered:
    """A page by its number, as addresses that people kept from before name it."""

    number: int


class _Among(Func):
    """Whether a key is one of an array, which is found before anything is joined to its records.

    As `IN (SELECT …)` the keys are one more table to join: beyond eight (join_collapse_limit)
    PostgreSQL joins in the order in which they are written, all records first and the keys at last.
    """

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()


def among_keys(keys: QuerySet[Any]) -> Q:
    """The condition that a record has one of these keys, which are found before all else."""
    return Q(_Among(F("pk"), ArraySubquery(keys)))


def edge_in(address: QueryDict) -> Edge | Numbered | None:
    """The edge that an address names as `after` or `before`, or its `page`; None for the first."""
    for name in ("after", "before"):
        if text := address.get(name, ""):
            return Edge(text, backwards=name == "before")
    # More digits are no page of anything.
    number = sent_number(address.get("page", ""), 5)
    return Numbered(number) if number > 1 else None


def window(
    found: QuerySet[Any],
    order: Fields,
    edge: Edge | Numbered | None,
    *,
    among: QuerySet[Any],
    size: int,
    with_facts: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None,
    totals: Sequence[Total] = (),
    is_exact: bool = False,
) -> Window:
    """`size` rows of `found` in the order of some fields ('-' for descending), then of the key.

    The edge is looked up `among` all that the person may see: it may have left the filter. One that
    is not there, or before which less than a page stands, leads to the first page. `with_facts` joins
    what the rows show of other tables, on those of the page alone. Where it `is_exact` all are counted
    and summed by `totals`, and not only where they are no more than a page can wait for.
    """
    start, backwards = _start(found, order, edge, among, size)
    rows = _rows(start, order, size, with_facts, backwards=backwards) if start is not None else []
    if edge is not None and (not rows or (backwards and len(rows) <= size)):
        edge, backwards = None, False
        rows = _rows(ordered(found, order), order, size, with_facts, backwards=backwards)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    count, sums = _counted(found, totals, is_exact=is_exact)
    goes_on, has_before = more or backwards, more if backwards else edge is not None
    return Window(
        rows=rows,
        before=rows[0].pk if rows and has_before else None,
        after=rows[-1].pk if rows and goes_on else None,
        count=count,
        is_exact=is_exact,
        sums=sums,
    )


def ordered(found: QuerySet[Any], order: Fields, *, backwards: bool = False) -> QuerySet[Any]:
    """The records in the order of the fields, and of the key where these are equal."""
    return found.order_by(*(_turned(field) if backwards else field for field in _with_key(order)))


def summed(found: QuerySet[Any], totals: Sequence[Total]) -> list[Summed]:
    """The totals of the records, in one statement; none is asked for where there are none.

    Each record counts once, whatever a filter joined to it.
    """
    return _counted(found, totals, is_exact=True)[1] if totals else []


def _start(
    found: QuerySet[Any],
    order: Fields,
    edge: Edge | Numbered | None,
    among: QuerySet[Any],
    size: int,
) -> tuple[QuerySet[Any] | None, bool]:
    """The records from the edge on, the nearest first; None where there is no such edge."""
    if edge is None:
        return ordered(found, order), False
    if isinstance(edge, Numbered):
        return ordered(found, order)[(edge.number - 1) * size :], False
    return _beyond(found, order, edge, among), edge.backwards


def _rows(
    start: QuerySet[Any],
    order: Fields,
    size: int,
    with_facts: Callable[[QuerySet[Any]], QuerySet[Any]] | None,
    *,
    backwards: bool,
) -> list[Any]:
    """So many rows and one more, which tells whether it goes on."""
    if with_facts is None:
        return list(start[: size + 1])
    keys = start.values("pk")[: size + 1]
    records = with_facts(start.model._base_manager.filter(among_keys(keys)))  # noqa: SLF001 (public in Django)
    return list(ordered(records, order, backwards=backwards))


def _beyond(
    found: QuerySet[Any], order: Fields, edge: Edge, among: QuerySet[Any]
) -> QuerySet[Any] | None:
    """What comes beyond the edge, the nearest first; None where there is no such edge."""
    key = key_of(found, edge.key)
    if key is None:
        return None
    fields = [_turned(field) if edge.backwards else field for field in _with_key(order)]
    names = [field.removeprefix("-") for field in fields]
    values = among.filter(pk=key).order_by().values_list(*names).first()
    if values is None:
        return None
    after = Q(pk__in=[])
    for field, name, value in reversed(list(zip(fields, names, values, strict=True))):
        after = _past(found, field, value) | (_same(name, value) & after)
    # The first bound is where a search in the index begins.
    bound = _past(found, fields[0], values[0]) | _same(names[0], values[0])
    if values[0] is not None and not may_be_null(found, names[0]):
        side = "lte" if fields[0].startswith("-") else "gte"
        bound = Q(**{f"{names[0]}__{side}": values[0]})
    return ordered(found.filter(bound & after), order, backwards=edge.backwards)


def key_of(found: QuerySet[Any], text: Any) -> Any:
    """The key that an address names; None where it is none of this kind of record."""
    field = found.model._meta.pk
    if field.get_internal_type().endswith(("AutoField", "IntegerField")):
        # As long as a key may be: more digits are no key of the database.
        return sent_number(str(text)) or None
    try:
        return field.to_python(text)
    except ValidationError:
        return None


def _past(found: QuerySet[Any], field: str, value: Any) -> Q:
    """What comes after a value in the order of the field; nothing is greater than all (PostgreSQL)."""
    name, descending = field.removeprefix("-"), field.startswith("-")
    if value is None:
        return Q(**{f"{name}__isnull": False}) if descending else Q(pk__in=[])
    if descending:
        return Q(**{f"{name}__lt": value})
    past = Q(**{f"{name}__gt": value})
    return past | Q(**{f"{name}__isnull": True}) if may_be_null(found, name) else past


def _same(name: str, value: Any) -> Q:
    return Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})


def _with_key(order: Fields) -> list[str]:
    return [*order, "-pk" if order[0].startswith("-") else "pk"]


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _counted(
    found: QuerySet[Any], totals: Sequence[Total], *, is_exact: bool
) -> tuple[int, list[Summed]]:
    """How many there are, as far as they are counted, and the totals of what is: one statement."""
    keys = found.order_by().values("pk")
    if joins_many(found):
        keys = keys.distinct()
    if not totals:
        return (keys if is_exact else keys[: COUNTED + 1]).count(), []
    counted = Q(pk__in=keys) if is_exact else among_keys(keys[: COUNTED + 1])
    records = found.model._base_manager.filter(counted)  # noqa: SLF001 (public in Django)
    values = records.aggregate(
        in_all=Count("pk", distinct=True), **{f"total_{one.key}": one.of for one in totals}
    )
    count = values["in_all"]
    if not is_exact and count > COUNTED:
        return count, []
    return count, [Summed(one, values[f"total_{one.key}"]) for one in totals]
