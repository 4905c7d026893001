"""The days of a survey: due, ending, and those on which mails go. Days of the voucher's country."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

DAYS_OPEN = 30
DAYS_BEFORE = 7

# The mails of a survey: each goes once.
FIRST, BEFORE_THE_END, LAST_DAY = "first", "before", "last"


def due_day(closed: date, months: int) -> date:
    """The day so many months after that of the closing; the month's last, where it has no such day."""
    years, month = divmod(closed.month - 1 + months, 12)
    year, month = closed.year + years, month + 1
    return date(year, month, min(closed.day, monthrange(year, month)[1]))


def end_day(due: date) -> date:
    """The last day on which a survey that is due is answered."""
    return due + timedelta(days=DAYS_OPEN)


def next_mail(ends_on: date, now: date, sent: Mapping[str, date]) -> str:
    """Which mail goes on the day `now` of a survey that nobody answered; empty for none.

    `sent` are the mails that went, each with its day. A reminder whose day was missed follows later;
    whoever was written to within the last seven days is reminded on the last day alone, and nobody
    is written to twice on one day.
    """
    if now > ends_on:
        return ""
    if not sent:
        return FIRST
    newest = max(sent.values())
    if now == ends_on:
        return LAST_DAY if LAST_DAY not in sent and newest < now else ""
    near = ends_on - timedelta(days=DAYS_BEFORE)
    return BEFORE_THE_END if newest < near <= now else ""
