"""What a line of a quote costs, and what a quote comes to in euro."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from inputs.rules.currencies import in_euro, smallest_of


def amount_of_days(days: Decimal, rate: Decimal, currency: str = "EUR") -> Decimal:
    """Days × price of a day in the decimals of the currency, half up: as the database counts."""
    return (days * rate).quantize(smallest_of(currency), ROUND_HALF_UP)


def sum_in_euro(amounts: Iterable[Decimal], units_per_euro: Decimal | None) -> Decimal:
    """What the lines come to in EUR, each rounded once, half up to the cent; None is euro already."""
    return sum((in_euro(amount, units_per_euro) for amount in amounts), Decimal("0.00"))
