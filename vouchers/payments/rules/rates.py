"""Which exchange rates are taken at once, which are asked about, and which never."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

# The euro has accounting rates since this month.
FIRST_MONTH = "1999-01"
# A month's rate is asked about when it differs from the one before by more than this share.
UNUSUAL = Decimal("0.20")
# Units for 1 EUR between which the first rate of a currency is taken without a question.
USUAL_UNITS = {
    "USD": (Decimal("0.8"), Decimal("1.6")),
    "LBP": (Decimal(1500), Decimal(200000)),
    "MAD": (Decimal(8), Decimal(14)),
    "TND": (Decimal(2), Decimal(5)),
}


def latest_month(today: date) -> str:
    """The last month (YYYY-MM) whose rate can be known on `today`: the next one."""
    year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
    return f"{year:04d}-{month:02d}"


def is_unusual(currency: str, units: Decimal, last: Decimal | None) -> bool:
    """Whether a rate (units for 1 EUR) is to be asked about.

    `last` is the rate of the nearest earlier month; without one, the usual range of the currency
    is what it is held against.
    """
    if last is not None:
        return abs(units / last - 1) > UNUSUAL
    lowest, highest = USUAL_UNITS.get(currency, (units, units))
    return not lowest <= units <= highest
