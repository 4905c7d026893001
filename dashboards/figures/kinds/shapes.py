"""What a figure is: a question, a measure of some records, and the list that shows these records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from accounts.models import User
from clusters.models import Country
from saved_views.models import ALL, VIEW
from vouchers.calls.models import Call


class Unit(Enum):
    """What a figure counts: records, EUR, or days of expertise."""

    NUMBER = "number"
    MONEY = "money"
    DAYS = "days"


@dataclass(frozen=True)
class Period:
    """The days from one to another, both within it; open where one is None.

    `countries` are those of who asks: a day is that of the record's own country.
    """

    first: date | None = None
    last: date | None = None
    countries: Sequence[Country] = ()

    def of_day(self, name: str) -> Q:
        """The condition that a field of days lies within it."""
        found = Q()
        if self.first:
            found &= Q(**{f"{name}__gte": self.first})
        if self.last:
            found &= Q(**{f"{name}__lte": self.last})
        return found


@dataclass(frozen=True, eq=False)
class Source:
    """Records of which figures are asked, and the list that shows them.

    `records` are those of the list: what the person may read. `shown_to` says who has that list.
    `country` and `call` are the ways to the country's code and to the call's key; empty where the
    records have none. `names_call_by` is what the list's filter calls a call by: its key or its slug.
    """

    address: str
    records: Callable[[User], QuerySet[Any]]
    shown_to: Callable[[User], bool]
    country: str = ""
    call: str = ""
    names_call_by: str = "pk"
    # What the list calls the first and the last day of a period, and the records within one, each by
    # the calendar that is its own; a source without has no period.
    first_day: str = ""
    last_day: str = ""
    within: Callable[[QuerySet[Any], Period], QuerySet[Any]] | None = None


@dataclass(frozen=True, eq=False)
class Figure:
    """One number of what a source holds.

    `heading` is what a table calls it, `question` the sentence that it answers. `measure` makes the
    aggregate over the source's records: how many there are, or a sum. `narrowed` are the filters with
    which the list shows the same records; `total` is the key of the list's total where it is a sum. A
    table leaves one away that `is_rare` where it comes to nothing.
    """

    name: str
    source: Source
    heading: Any
    question: Any
    measure: Callable[[], Any]
    narrowed: Mapping[str, str] = field(default_factory=dict)
    unit: Unit = Unit.NUMBER
    total: str = ""
    is_rare: bool = False

    def url(self, call: Call | None = None, country: str = "", period: Period | None = None) -> str:
        """The list that shows it, of one call, one country and one period, or of all."""
        query = dict(self.narrowed)
        if period is not None and self.source.within:
            days = ((self.source.first_day, period.first), (self.source.last_day, period.last))
            query |= {name: day.isoformat() for name, day in days if day}
        if call is not None and self.source.call:
            query["call"] = str(getattr(call, self.source.names_call_by))
        if country and self.source.country:
            query["country"] = country
        # Not the view with which somebody begins the list: the figure is of all of it.
        return reverse(self.source.address, query=query or {VIEW: ALL})


def count_of(
    condition: Callable[[], Any] | Mapping[str, Any] | None = None,
) -> Callable[[], Count]:
    """The measure that counts the records for which a condition holds, or all of them.

    It is given as what is looked up, or made anew each time where it rests on the day.
    """

    def measure() -> Count:
        if condition is None:
            return Count("pk")
        return Count("pk", filter=condition() if callable(condition) else Q(**condition))

    return measure


def sum_of(amount: Any, **condition: Any) -> Callable[[], Sum]:
    """The measure that sums a field or an expression, of the records with what is looked up."""
    return lambda: Sum(amount, filter=Q(**condition) if condition else None, default=0)
