"""Days as rules, lists and letters count them: on the calendar of a country, or of the programme.

An instant is UTC; which day it falls on is a question of the zone. Whoever reads or types is never
asked for theirs: a cluster in Beirut and a coordinator in Brussels must read the same day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

# The programme is run from Brussels: what coordinators type is the time there.
PROGRAMME_ZONE = ZoneInfo(settings.PROGRAMME_TIME_ZONE)

_LAST_SECOND = time(23, 59, 59)
# Instants that never come, for which reads are prepared (`conduct.queries.prepared`). What moves with
# the instant by anything but a fixed span falls elsewhere at one of them: they differ in year (leap or
# not), month, weekday, hour and minute, are about midnight, and the clock changes beside two of them.
NEVER = tuple(
    datetime.fromisoformat(said).replace(tzinfo=PROGRAMME_ZONE).astimezone(UTC)
    for said in (
        "2999-07-15T00:15:10.001",
        "3004-02-28T23:45:50.002",
        "2996-03-28T00:10:20.003",
        "2998-03-24T23:50:40.004",
    )
)


@dataclass
class StandingClock:
    """A clock that stands still, and whether anybody has looked at it."""

    instant: datetime
    is_asked: bool = False


_still: ContextVar[StandingClock | None] = ContextVar("standing_still", default=None)


@contextmanager
def standing_at(instant: datetime) -> Iterator[StandingClock]:
    """Let what is enclosed take an instant for the present."""
    clock = StandingClock(instant)
    token = _still.set(clock)
    try:
        yield clock
    finally:
        _still.reset(token)


def now() -> datetime:
    """The instant at which a read is asked: what reads of lists and desks take, so that their
    statement can be prepared.
    """
    clock = _still.get()
    if clock is None:
        return timezone.now()
    clock.is_asked = True
    return clock.instant


def day_of(instant: datetime, zone: ZoneInfo = PROGRAMME_ZONE) -> date:
    """The day on which an instant (aware) falls in `zone`."""
    return instant.astimezone(zone).date()


def iso_day_of(instant: datetime | None, zone: ZoneInfo = PROGRAMME_ZONE) -> str:
    """The same day as YYYY-MM-DD, for facts of letters and names of files; empty for None."""
    return day_of(instant, zone).isoformat() if instant else ""


def today(zone: ZoneInfo = PROGRAMME_ZONE) -> date:
    """The day that it is now in `zone`."""
    return day_of(now(), zone)


def start_of(day: date, zone: ZoneInfo = PROGRAMME_ZONE) -> datetime:
    """The first instant of a day in `zone` (UTC): the first that exists, and of two the earlier."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def end_of(day: date, zone: ZoneInfo = PROGRAMME_ZONE) -> datetime:
    """The last second of a day in `zone`: of an hour that the clock repeats, the second one."""
    return datetime.combine(day, _LAST_SECOND, zone).replace(fold=1)
