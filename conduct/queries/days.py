"""Days as rules, lists and letters count them: on the calendar of a country, or of the programme.

An instant is UTC; which day it falls on is a question of the zone. Whoever reads or types is never
asked for theirs: a cluster in Beirut and a coordinator in Brussels must read the same day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

# The programme is run from Brussels: what coordinators type is the time there.
PROGRAMME_ZONE = ZoneInfo(settings.PROGRAMME_TIME_ZONE)

_LAST_SECOND = time(23, 59, 59)
# The instant that never comes, at which reads are prepared (`conduct.queries.prepared`).
NEVER = datetime(2999, 6, 15, 12, tzinfo=UTC)
_still: ContextVar[bool] = ContextVar("standing_still", default=False)


class StandsStill(Exception):
    """No day of this zone, and no instant of a day, can be said of the instant that never comes."""


@contextmanager
def standing_still() -> Iterator[None]:
    """Let what is enclosed take the instant that never comes for the present."""
    token = _still.set(True)
    try:
        yield
    finally:
        _still.reset(token)


def now() -> datetime:
    """The instant at which a read is asked: what reads of lists and desks take, so that their
    statement can be prepared.
    """
    return NEVER if _still.get() else timezone.now()


def day_of(instant: datetime, zone: ZoneInfo = PROGRAMME_ZONE) -> date:
    """The day on which an instant (aware) falls in `zone`."""
    if _still.get() and zone is not PROGRAMME_ZONE:
        raise StandsStill
    return instant.astimezone(zone).date()


def iso_day_of(instant: datetime | None, zone: ZoneInfo = PROGRAMME_ZONE) -> str:
    """The same day as YYYY-MM-DD, for facts of letters and names of files; empty for None."""
    return day_of(instant, zone).isoformat() if instant else ""


def today(zone: ZoneInfo = PROGRAMME_ZONE) -> date:
    """The day that it is now in `zone`."""
    return day_of(now(), zone)


def start_of(day: date, zone: ZoneInfo = PROGRAMME_ZONE) -> datetime:
    """The first instant of a day in `zone` (UTC): the first that exists, and of two the earlier."""
    if _still.get():
        raise StandsStill
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def end_of(day: date, zone: ZoneInfo = PROGRAMME_ZONE) -> datetime:
    """The last second of a day in `zone`: of an hour that the clock repeats, the second one."""
    if _still.get():
        raise StandsStill
    return datetime.combine(day, _LAST_SECOND, zone).replace(fold=1)
