"""One kind of work that waits for somebody, and the first of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from conduct.queries.counting import counts_of

# So many records of one kind are named; the list behind the number shows the rest.
NAMED = 5


@dataclass(frozen=True)
class WaitingRecord:
    """One record that waits: what it is called, and where it is dealt with."""

    label: str
    url: str


@dataclass(frozen=True)
class WorkItem:
    """One kind of work: what is to be done, how often, and the first records."""

    text: str
    number: int
    url: str
    items: list[WaitingRecord]
    # Where one button deals with all of it; empty for what needs people.
    all_at_once: str = ""


@dataclass(frozen=True)
class WaitingWork:
    """One kind of work that is not looked up yet: the read that finds it, and how it is shown.

    `url` is the list of all of it; empty where it is met at its first record.
    """

    text: str
    records: QuerySet[Any]
    url: str
    where: Callable[[Any], str]
    label: Callable[[Any], str] = str
    all_at_once: str = ""

    def looked_up(self, number: int) -> WorkItem:
        """The work itself, once it is known how many records wait; nothing is read where none does."""
        items = [
            WaitingRecord(self.label(record), self.where(record))
            for record in (self.records[:NAMED] if number else [])
        ]
        url = self.url or next((item.url for item in items), "")
        return WorkItem(self.text, number, url, items, self.all_at_once)


# What is counted elsewhere, or is to be counted.
Kind = WorkItem | WaitingWork


def looked_up(kinds: Iterable[Kind]) -> list[WorkItem]:
    """Every kind of work with how much of it waits, counted in one statement; none is left out."""
    every = list(kinds)
    numbers = iter(counts_of([kind.records for kind in every if isinstance(kind, WaitingWork)]))
    return [
        kind.looked_up(next(numbers)) if isinstance(kind, WaitingWork) else kind for kind in every
    ]
