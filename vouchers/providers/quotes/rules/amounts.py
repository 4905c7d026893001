"""What a line of a quote costs."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


def amount_of_days(days: Decimal, rate: Decimal) -> Decimal:
    """Days × rate (EUR a day) in EUR, to the cent, half up: as the CHECK of the table counts."""
    return (days * rate).quantize(_CENT, ROUND_HALF_UP)
