"""The clock of a receipt: when its payee is reminded, and when finance asks it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

# With which mail the link goes, in the order in which they go.
FIRST, REMINDER, SECOND_REMINDER = "first", "reminder", "second"


def is_over(asked_on: date, today: date, days: int) -> bool:
    """Whether so many days have passed since the payee was asked: days of the country's calendar."""
    return today >= asked_on + timedelta(days=days)


def next_mail(
    asked_on: date, today: date, sent: Collection[str], days_after: Mapping[str, int]
) -> str | None:
    """Which reminder is due on a day of a receipt nobody answered; None for none.

    `days_after` says how many days after the payee was asked first each reminder goes, in their order
    (a term of the call). Of two that are due the later one goes, once.
    """
    due = [mail for mail, days in days_after.items() if is_over(asked_on, today, days)]
    return due[-1] if due and due[-1] not in sent else None
