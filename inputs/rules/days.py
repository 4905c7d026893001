"""Days as people write them. Pure: no Django, no models."""

from __future__ import annotations

import re
from datetime import date

from inputs.rules.marks import plain_line

_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})")


def read_day(text: str) -> date | None:
    """The day that was typed: day/month/year, or year-month-day as a browser's picker gives it.

    In digits of any script, whatever was pasted around them; None for anything else.
    """
    plain = plain_line(text)
    if match := _DAY_FIRST.fullmatch(plain):
        day, _mark, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(plain):
        year, _mark, month, day = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
