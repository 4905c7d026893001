"""Hours of a session, and the days that they make."""

from __future__ import annotations

from decimal import Decimal

from vouchers.assistance.plans.rules.days import HOURS_PER_DAY

__all__ = [
    "HOURS_PER_DAY",
    "LONGEST",
    "QUARTER",
    "SHORTEST",
    "are_quarters",
    "days_of",
    "left_of_the_day",
    "most_hours",
    "quarters_left",
    "worth_of",
]

QUARTER = Decimal("0.25")
SHORTEST, LONGEST = QUARTER, Decimal(12)
"""How long one session can be, in hours."""

_CENT = Decimal("0.01")


def are_quarters(hours: Decimal) -> bool:
    """Whether hours are whole quarters."""
    return hours % QUARTER == 0


def days_of(hours: Decimal) -> Decimal:
    """Days of expertise that so many hours make, exact."""
    return hours / HOURS_PER_DAY


def most_hours(days: Decimal, tolerance: Decimal) -> Decimal:
    """Hours that the sessions of a milestone may come to: its planned days, and per cent above."""
    return days * HOURS_PER_DAY * (100 + tolerance) / 100


def quarters_left(days: Decimal, tolerance: Decimal, logged: Decimal) -> Decimal:
    """Hours, in whole quarters, that can still be logged of a milestone; never below zero."""
    left = most_hours(days, tolerance) - logged
    return max(Decimal(0), left // QUARTER * QUARTER)


def left_of_the_day(logged: Decimal) -> Decimal:
    """Hours that an expert can still work on a day on which so many are logged."""
    return max(Decimal(0), HOURS_PER_DAY - logged)


def worth_of(hours: Decimal, days: Decimal, amount: Decimal) -> Decimal:
    """EUR of a milestone's amount that so many hours use up: its part of the days, at most all."""
    planned = days * HOURS_PER_DAY
    if hours >= planned:
        return amount
    return (amount * hours / planned).quantize(_CENT)
