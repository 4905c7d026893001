"""What a plan comes to: EUR and days, as a whole and by milestone. Amounts are Decimal EUR."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from .parts import NOTHING, Content

CENT = Decimal("0.01")


def worth_of_days(days: Decimal | None, rate: Decimal | None) -> Decimal | None:
    """Days × rate, rounded half up to the cent; None where one of them is not known, or is nothing."""
    if days is None or rate is None or days <= 0 or rate <= 0:
        return None
    return (days * rate).quantize(CENT, rounding=ROUND_HALF_UP)


def total_of(content: Content) -> Decimal:
    """EUR of all lines; those without an amount count nothing."""
    return sum((line.amount or NOTHING for line in content.lines), NOTHING)


def days_of(content: Content) -> Decimal:
    """Days of expertise of all milestones."""
    return sum((step.days or NOTHING for step in content.milestones), NOTHING)


def amount_of(content: Content, milestone: str) -> Decimal:
    """EUR of the lines tied to a milestone (its key): what can be claimed of it."""
    return sum(
        (line.amount or NOTHING for line in content.lines if line.milestone == milestone), NOTHING
    )


def amounts_by_kind(content: Content) -> dict[str, Decimal]:
    """EUR by kind of line, in the order in which kinds come first."""
    sums: dict[str, Decimal] = {}
    for line in content.lines:
        sums[line.kind] = sums.get(line.kind, NOTHING) + (line.amount or NOTHING)
    return sums
