"""One kind of work that waits for somebody, and the first of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import DateField, QuerySet
from django.urls import reverse

from accounts.models import User
from conduct.queries.counting import FoundRows, keys_of, oldest_in
from conduct.queries.days import day_of, today
from conduct.queries.prepared import name_of, statement

# So many records of one kind are named; the list behind the number shows the rest.
NAMED = 5
# So many kinds are shown with their records, those with the oldest first: each costs a query.
NAMED_KINDS = 4


@dataclass(frozen=True)
class WaitingRecord:
    """One record that waits: its name, where it is dealt with, since when, and for how much (EUR)."""

    label: str
    url: str
    since: date | None = None
    amount: Decimal | None = None

    @property
    def is_sentence(self) -> bool:
        """Whether the portal says something around names, which it isolates (FSI)."""
        return "\N{FIRST STRONG ISOLATE}" in self.label

    @property
    def days(self) -> int | None:
        """How long it waits; below zero where the day lies ahead."""
        return (today() - self.since).days if self.since else None


@dataclass(frozen=True)
class WorkItem:
    """One kind of work: what is to be done, how often, since when, and the first records.

    `url` is the list of all of it. `name` is that of the kind, which no other has.
    """

    name: str
    text: str
    number: int
    url: str
    items: list[WaitingRecord]
    # Where one button deals with all of it; empty for what needs people.
    all_at_once: str = ""
    oldest: date | None = None
    # The page where all of it is dealt with together, and what it is called; empty where there is none.
    place: str = ""
    together: str = ""

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.number - len(self.items)


@dataclass(frozen=True)
class WaitingWork:
    """One kind of work that is not looked up yet: the read that finds it, and how it is shown.

    `read` gives the records that wait for whom it is given; it encloses no value of who asks, so that its
    statement is written once for all of their roles (`conduct.queries.prepared`).

    `name` is that of its list (`dashboards:work`), which shows exactly these records; `url` is the
    wider list where people deal with all of it, if there is one. `since` is the field that says since
    when a record waits: without one, the first that the records are ordered by, where it is a day or
    an instant. `amount` reads EUR of a record. `together` are the words by which a desk leads to `url`
    at once, where that is more than a list.
    """

    name: str
    text: str
    read: Callable[[User], QuerySet[Any]]
    url: str
    where: Callable[[Any], str]
    label: Callable[[Any], str] = str
    all_at_once: str = ""
    since: str = ""
    # Desks show it apart, with its first records however much else waits.
    is_apart: bool = False
    amount: Callable[[Any], Decimal] | None = None
    together: str = ""

    def order(self, user: User) -> Sequence[str]:
        """The fields by which its list is ordered; the key alone where it is no matter of fields."""
        return _order(self.read(user))

    def aged(self, user: User) -> QuerySet[Any]:
        """The keys of what waits, each with since when as `oldest_of_these`, where that is known."""
        records = self.read(user)
        return keys_of(records, _since(self.since, records))

    def looked_up(self, user: User, found: FoundRows, *, is_named: bool = True) -> WorkItem:
        """The work itself, once it is counted; nothing is read where none waits."""
        items = []
        if found.number and is_named:
            records = self.read(user)
            since = _since(self.since, records)
            items = [self.shown(record, since) for record in records[:NAMED]]
        return WorkItem(
            self.name,
            self.text,
            found.number,
            self.list_url,
            items,
            self.all_at_once,
            found.oldest,
            self.url if self.together else "",
            self.together,
        )

    @property
    def list_url(self) -> str:
        """The list that shows exactly what waits."""
        return reverse("dashboards:work", args=[self.name])

    def waits_since(self, user: User) -> str:
        """The field that says since when a record waits; empty where none does."""
        return _since(self.since, self.read(user))

    def shown(self, record: Any, waits_since: str) -> WaitingRecord:
        """One of its records, as a desk and its list name it, with the field that `waits_since` gave."""
        since = record
        for part in waits_since.split("__") if waits_since else ():
            since = getattr(since, part, None)
        if isinstance(since, datetime):
            since = day_of(since)
        return WaitingRecord(
            self.label(record),
            self.where(record),
            since if isinstance(since, date) else None,
            self.amount(record) if self.amount else None,
        )


# What is counted elsewhere, or is to be counted.
Kind = WorkItem | WaitingWork


def looked_up(
    user: User, kinds: Iterable[Kind], beside: Iterable[Kind] = ()
) -> tuple[list[WorkItem], list[WorkItem]]:
    """Every kind of work with how much of it waits, the longest waiting first, and what is told beside.

    All of it is counted in one statement. Kinds of which nothing waits come last; records are named
    of the first few kinds. What stands `beside` keeps its order and names no record.
    """
    every, others = list(kinds), list(beside)
    open_ = [kind for kind in (*every, *others) if isinstance(kind, WaitingWork)]
    told_of = [statement((kind.name, name_of(kind.read)), kind.aged, user) for kind in open_]
    counts = iter(oldest_in(told_of))
    found = [(kind, _counted(kind, counts)) for kind in every]
    told = [(kind, _counted(kind, counts)) for kind in others]
    # What nobody knows the age of comes after what is old, in the order in which it was told.
    found.sort(key=lambda pair: (not pair[1].number, pair[1].oldest or date.max))
    # What stands apart takes no place of the few.
    named = [kind for kind, _found in found if not _is_apart(kind)][:NAMED_KINDS]
    return (
        [
            kind.looked_up(user, counted, is_named=_is_apart(kind) or kind in named)
            if isinstance(kind, WaitingWork)
            else kind
            for kind, counted in found
        ],
        [
            kind.looked_up(user, counted, is_named=False) if isinstance(kind, WaitingWork) else kind
            for kind, counted in told
        ],
    )


def _is_apart(kind: Kind) -> bool:
    return isinstance(kind, WaitingWork) and kind.is_apart


def _counted(kind: Kind, counts: Iterator[FoundRows]) -> FoundRows:
    if isinstance(kind, WaitingWork):
        return next(counts)
    return FoundRows(kind.number, kind.oldest)


def _order(records: QuerySet[Any]) -> Sequence[str]:
    given = records.query.order_by
    fields = [one for one in given if isinstance(one, str)]
    return fields if fields and len(fields) == len(given) else ("pk",)


def _since(given: str, records: QuerySet[Any]) -> str:
    """The field that is given, or the first that the records are ordered by where that is one of days."""
    first = given or _order(records)[0].removeprefix("-")
    return first if given or _is_day(records, first) else ""


def _is_day(records: QuerySet[Any], path: str) -> bool:
    """Whether a field, over relations or annotated, holds days or instants."""
    annotated = records.query.annotations.get(path)
    if annotated is not None:
        return isinstance(annotated.output_field, DateField)
    model: Any = records.model
    field: Any = None
    for part in path.split("__"):
        if part == "pk":
            return False
        field = model._meta.get_field(part)
        model = field.related_model
    return isinstance(field, DateField)
