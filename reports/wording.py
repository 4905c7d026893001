"""What is said of a period in words of the active language."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from documents.wording import current_locale, day, month


def period_in_words(first: date | str, last: date | str) -> str:
    """A month or a quarter by its name: November 2026, 3rd quarter 2026; other periods by their days."""
    begins, ends = _day(first), _day(last)
    months = (ends.year - begins.year) * 12 + ends.month - begins.month + 1
    is_whole = begins.day == 1 and (ends.toordinal() + 1 == _next_month(ends).toordinal())
    if is_whole and months == 1:
        return month(f"{begins:%Y-%m}")
    if is_whole and months == 3 and begins.month % 3 == 1:
        return format_date(begins, "QQQQ y", current_locale())
    return f"{day(begins)} – {day(ends)}"


def _next_month(of: date) -> date:
    years, following = divmod(of.month, 12)
    return date(of.year + years, following + 1, 1)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
