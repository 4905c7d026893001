"""When the rate of a claim is final, and the mean of which months it is (docs/ways.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from inputs.rules.currencies import CENT

# Of the table of rates: units for 1 EUR have six decimals.
STEP = Decimal("0.000001")
APPROVAL, PAYMENT = "approval", "payment"


def final_with(rule: str, way: str) -> str:
    """With what the rate of a claim becomes final: APPROVAL, PAYMENT, or empty: when it is sent.

    `rule` is a RateMonth, `way` a WayOfUse. Where the cluster or the partner paid the provider, the
    month of that payment is known when the claim is sent.
    """
    if rule == "booking":
        return APPROVAL
    if rule == "average":
        return PAYMENT if way == "provider" else APPROVAL
    return PAYMENT if rule == "payment" and way == "provider" else ""


def months_between(first: date, last: date) -> list[str]:
    """Every month (YYYY-MM) from that of one day to that of the other, both with it; one at least."""
    begin, end = sorted([(first.year, first.month), (last.year, last.month)])
    count = (end[0] - begin[0]) * 12 + end[1] - begin[1] + 1
    return [
        f"{begin[0] + (begin[1] - 1 + at) // 12:04d}-{(begin[1] - 1 + at) % 12 + 1:02d}"
        for at in range(count)
    ]


def mean_rate(rates: Sequence[Decimal]) -> Decimal:
    """The mean of units for 1 EUR, rounded half up to the decimals of the table."""
    return (sum(rates, Decimal(0)) / len(rates)).quantize(STEP, rounding=ROUND_HALF_UP)


def final_amount(
    declared: Decimal, eligible: Decimal, amount: Decimal, units_per_euro: Decimal
) -> Decimal:
    """EUR of a line by its final rate, rounded half up once.

    `eligible` of its provisional `amount` (both EUR) was found; the same part of what was `declared`
    (in its currency) is turned into euro.
    """
    return (declared * eligible / (amount * units_per_euro)).quantize(CENT, rounding=ROUND_HALF_UP)
