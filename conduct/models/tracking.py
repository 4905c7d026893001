"""How the history of a record is written."""

from __future__ import annotations

import pghistory
import pgtrigger


def in_one_go() -> tuple[pghistory.RowEvent, ...]:
    """Trackers for `pghistory.track`, of what is written by the thousand: new rows in one statement.

    History holds the same events; a trigger for each row takes several times as long.
    """
    return pghistory.InsertEvent(level=pgtrigger.Statement), pghistory.UpdateEvent()
