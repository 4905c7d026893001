"""When a cluster is reminded of an award that it has not answered."""

from __future__ import annotations

from datetime import date

# Days before the last one; the first leaves time to bring together who signs.
REMINDED = (7, 2)


def reminder_on(day: date, *, since: date, last: date) -> int | None:
    """How many days before `last` the reminder is of that is due on `day`; None where none is.

    `since` is when the cluster was told of `last`: what fell due before is no reminder. Whoever was
    away while several fell due is reminded once, not of each.
    """
    if day > last:
        return None
    left, told = (last - day).days, (last - since).days
    return min((step for step in REMINDED if left <= step < told), default=None)
