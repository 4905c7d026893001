"""What of an invoice can be claimed, by what becomes of its value added tax."""

from __future__ import annotations

from decimal import Decimal

# VAT that somebody gives back is no cost: Financial Regulation (EU, Euratom) 2024/2509, art. 189(3)(c).
RECOVERED = "recovered"


def claimable(*, net: Decimal, vat: Decimal, rule: str) -> Decimal:
    """What can be claimed of an invoice of `net` and `vat`, in its currency."""
    return net if rule == RECOVERED else net + vat
