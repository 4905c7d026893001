"""On which days a bank pays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

# The days of the week (Monday is 1) on which banks are closed, by country (ISO code).
WEEKENDS = {"LB": (6, 7), "MA": (6, 7), "TN": (6, 7)}
WEEKEND = (6, 7)


def is_bank_day(day: date, weekend: Collection[int], holidays: Collection[date]) -> bool:
    """Whether the bank is open: no day of its weekend (Monday is 1), no holiday of its list."""
    return day.isoweekday() not in weekend and day not in holidays


def next_bank_day(day: date, weekend: Collection[int], holidays: Collection[date]) -> date:
    """The day itself where the bank is open, or the first one after it. Within a year, or ValueError."""
    for days in range(366):
        found = day + timedelta(days=days)
        if is_bank_day(found, weekend, holidays):
            return found
    raise ValueError("A bank that never opens.")
