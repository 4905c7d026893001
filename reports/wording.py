"""What is said of a period in words of the active language."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from documents.wording import current_locale, day, month
from reports.rules.schedules import period_with


def period_in_words(first: date | str, last: date | str) -> str:
    """A month or a quarter by its name: November 2026, 3rd quarter 2026; other periods by their days."""
    begins, ends = _day(first), _day(last)
    if _is_whole(begins, ends, "monthly"):
        return month(f"{begins:%Y-%m}")
    if _is_whole(begins, ends, "quarterly"):
        return format_date(begins, "QQQQ y", current_locale())
    return f"{day(begins)} – {day(ends)}"


def _is_whole(first: date, last: date, frequency: str) -> bool:
    period = period_with(first, frequency, due_day=1)
    return (first, last) == (period.first, period.last)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
