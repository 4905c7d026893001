"""Currencies: how exactly an amount of each is written, and what it comes to in euro."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# The Tunisian dinar has 1,000 millimes; every other currency here has hundredths.
PLACES = {"TND": 3}


def places_of(currency: str) -> int:
    """How many decimals an amount of the currency (ISO code) has at most."""
    return PLACES.get(currency, 2)


def fits(currency: str, amount: Decimal) -> bool:
    """Whether the amount has no more decimals than its currency."""
    return amount == amount.quantize(smallest_of(currency))


def smallest_of(currency: str) -> Decimal:
    """The smallest amount of the currency: a cent, a millime."""
    return Decimal(1).scaleb(-places_of(currency))


def in_euro(amount: Decimal, units_per_euro: Decimal | None) -> Decimal:
    """The amount in EUR, rounded half up to the cent once (design, rule 1); None is euro already."""
    euro = amount if units_per_euro is None else amount / units_per_euro
    return euro.quantize(CENT, rounding=ROUND_HALF_UP)
