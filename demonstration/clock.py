"""The clock of the story: each step happens on its own day, and whoever waits is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from conduct.queries.clock import moved_by
from conduct.queries.days import today

FIRST_ZONE = ZoneInfo("Asia/Beirut")

# Called after each step of the story, so that whoever waits sees that it goes on.
_watchers: list[Callable[[], None]] = []


@contextmanager
def watched(watcher: Callable[[], None]) -> Iterator[None]:
    """Call `watcher` after each step of the story while the context lasts."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)


def tell_watchers() -> None:
    """Call every watcher: a step of the story is done."""
    for watcher in _watchers:
        watcher()


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    """Let this process believe that it is `moment`; its clock goes on from there."""
    # The database's clock, by which deadlines are judged, is believed to be as far away.
    with moved_by(moment - timezone.now()), time_machine.travel(moment, tick=True):
        yield
    tell_watchers()


def noon(days: int, zone: ZoneInfo = FIRST_ZONE) -> datetime:
    """Twelve o'clock UTC so many days from today in `zone` (negative for the past).

    Else it is the day in Lebanon, where a day begins first: while it is the next day there already,
    a story must still be as many days old as the portal says.
    """
    return datetime.combine(today(zone) + timedelta(days=days), time(12), UTC)
