"""Which periods a schedule reports, and on which day each is due.

A period is a whole month, or a quarter of the year. It is due in the month after its last day, on the
day of the month that the schedule names; where that month is shorter, on its last day. Days are those
of the calendar of the programme.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile

MONTHS = {"monthly": 1, "quarterly": 3}


@dataclass(frozen=True, order=True)
class DuePeriod:
    """A period, from its first day to its last, and the day on which its report is due."""

    due_on: date
    first: date
    last: date


def period_with(day: date, frequency: str, due_day: int) -> DuePeriod:
    """The month or quarter in which `day` lies. Raises KeyError for an unknown frequency."""
    months = MONTHS[frequency]
    first = day.replace(month=day.month - (day.month - 1) % months, day=1)
    next_first = _months_after(first, months)
    return DuePeriod(_on(next_first, due_day), first, next_first - timedelta(days=1))


def periods_due(frequency: str, due_day: int, since: date) -> Iterator[DuePeriod]:
    """The periods that are due on `since` or later, in their order; without an end."""
    # The report of the period before the one in which `since` lies may be due only now.
    before = _before(period_with(since, frequency, due_day), frequency, due_day)
    periods = periods_from(before.first, frequency, due_day)
    return dropwhile(lambda period: period.due_on < since, periods)


def periods_from(first: date, frequency: str, due_day: int) -> Iterator[DuePeriod]:
    """The periods from the one in which `first` lies, in their order; without an end."""
    period = period_with(first, frequency, due_day)
    while True:
        yield period
        period = period_with(period.last + timedelta(days=1), frequency, due_day)


def newest_ended(frequency: str, due_day: int, today: date) -> DuePeriod:
    """The newest period whose last day is over `today`."""
    return _before(period_with(today, frequency, due_day), frequency, due_day)


def _before(period: DuePeriod, frequency: str, due_day: int) -> DuePeriod:
    return period_with(period.first - timedelta(days=1), frequency, due_day)


def _months_after(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _on(first: date, day: int) -> date:
    """A day of the month that begins with `first`, or the last where it has no such day."""
    return first.replace(day=min(day, monthrange(first.year, first.month)[1]))
