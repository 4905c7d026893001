"""No room left: how a full disk or a used-up quota is known, wherever it shows."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime
from errno import EDQUOT, ENOSPC

from django.core.cache import cache
from django.utils import timezone
from psycopg2.errors import DiskFull

logger = logging.getLogger(__name__)

_NO_ROOM = (ENOSPC, EDQUOT)
_NOTED = "no-space-noted"
# The desk goes on saying so for as long after the last time, in seconds.
_NOTED_FOR = 15 * 60


def lacks_space(error: BaseException | None) -> bool:
    """Whether an error comes from want of room: of the system (disk, quota) or of PostgreSQL.

    What Python raised while it tidied up after such an error (a ZIP that cannot be closed any more)
    comes from it too.
    """
    known: set[int] = set()
    while error is not None and id(error) not in known:
        known.add(id(error))
        if isinstance(error, DiskFull) or getattr(error, "errno", None) in _NO_ROOM:
            return True
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return False


def note_no_space(what: object) -> None:
    """Write down that something found no room just now, for the desk and for the log.

    The disk may be any: that of files, of the database, of what arrives. What cannot be written down
    either is left out.
    """
    logger.error("No space left: %s", what)
    with suppress(Exception):
        cache.set(_NOTED, timezone.now(), _NOTED_FOR)


def no_space_noted_at() -> datetime | None:
    """When something found no room for the last time (UTC), within the last quarter of an hour."""
    try:
        return cache.get(_NOTED)
    except Exception:
        return None
