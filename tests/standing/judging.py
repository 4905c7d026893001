"""Facts of vouchers to judge."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from vouchers.standing.rules import (
    Consent,
    DeliveryFact,
    PlanFact,
    Reached,
    VoucherFacts,
)

TODAY = date(2026, 11, 28)
CONFIRMED = Consent(Reached.DONE, date(2026, 10, 1), cluster_confirmed=True, partner_confirmed=True)
IN_FORCE = PlanFact(Reached.DONE, date(2026, 10, 10), in_force=True)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def facts(**more: object) -> VoucherFacts:
    """A voucher with a plan in force, of which nobody could complain."""
    defaults = {
        "today": TODAY,
        "issued_on": date(2026, 9, 1),
        "valid_until": ahead(200),
        "last_activity": ago(1),
        "needs": CONFIRMED,
        "plan": IN_FORCE,
        "deliveries": (DeliveryFact("Strategy", ahead(20), Decimal(4)),),
        "amount": Decimal(5000),
        "planned": Decimal(5000),
    }
    return VoucherFacts(**{**defaults, **more})  # type: ignore[arg-type]
