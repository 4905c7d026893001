"""The books in the world whose rules are broken."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from conduct.queries.days import day_of
from demonstration.clock import noon
from vouchers.books.actions import take_in_earlier_money
from vouchers.books.models import LedgerAccount, LedgerEntry, LedgerLeg


def books_of(paid) -> dict[str, Any]:
    """Entries, legs and accounts of the paid claim, and the periods that are closed."""
    entered = LedgerEntry.objects.filter(source_type="claim", source_id=paid.pk)
    application = paid.voucher.award.application
    accounts = {one.kind: one for one in LedgerAccount.objects.filter(application=application)}
    finance = paid.ordered_by
    return {
        "entry": entered.get(kind="approval"),
        "payment": entered.get(kind="booking"),
        "leg": LedgerLeg.objects.get(entry__in=entered.filter(kind="approval"), credit__gt=0),
        "committed": accounts["committed"],
        "payable": accounts["payable"],
        "in_transit": accounts["in_transit"],
        "bank": accounts["bank"],
        "receivable": accounts["receivable"],
        "available": LedgerAccount.objects.get(call=application.call, kind="available"),
        "earlier": take_in_earlier_money(
            application.cluster,
            programme="Round 1",
            received_on=day_of(noon(-900)),
            amount=Decimal("5000.00"),
            reason="Letter of the lead partner",
            by=finance,
        ),
    }
