"""The one clock by which deadlines are judged: the database's, which all machines share.

Judged after the locks are held, so that who waited for one is judged by when it was theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection

# What a story that is told afterwards takes for the present; nothing else moves it.
_moved: ContextVar[timedelta] = ContextVar("moved", default=timedelta(0))


def database_now() -> datetime:
    """The instant (UTC) at which the database stands now, within a transaction too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    instant: datetime = row[0]
    return instant + _moved.get()


@contextmanager
def moved_by(distance: timedelta) -> Iterator[None]:
    """Let what is enclosed take an instant so far from the present for it; moves add up."""
    token = _moved.set(_moved.get() + distance)
    try:
        yield
    finally:
        _moved.reset(token)
