"""Days and months as the clocks of a decision count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_SATURDAY = 5


def working_days_after(start: date, days: int) -> date:
    """The last of so many working days, of which the first is the one after `start`.

    Saturdays and Sundays do not count, in all countries of the programme; public holidays do,
    since the letters could not name them for every reader.
    """
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day


def months_after(start: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
