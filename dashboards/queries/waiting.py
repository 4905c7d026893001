"""One kind of work that waits for somebody, and the first of its records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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


def work_item(
    text: str, waiting: Any, url: str, where: Callable[[Any], str], label: Any = str
) -> WorkItem:
    """The work of `text`: how many records wait, the list at `url`, and where each of them is met."""
    items = [WaitingRecord(label(record), where(record)) for record in waiting[:NAMED]]
    number = len(items) if len(items) < NAMED else waiting.count()
    return WorkItem(text, number, url, items)
