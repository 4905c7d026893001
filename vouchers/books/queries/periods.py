"""What the books say up to a day, as a period keeps it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from conduct.queries.scoping import for_system
from vouchers.books.models import LedgerHead, LedgerLeg, PeriodProposal


@for_system("kept with a closed period, which readers of all books see")
def books_up_to(ends_on: date) -> list[dict[str, Any]]:
    """For each call: entries and seal of its newest entry, and what its accounts were debited and
    credited with by entries dated up to the day (EUR, as text), by kind.
    """
    sums: dict[int, list[dict[str, str]]] = defaultdict(list)
    rows = (
        LedgerLeg.objects.filter(entry__day__lte=ends_on)
        .order_by("account__call", "account__kind")
        .values("account__call", "account__kind")
        .annotate(debits=Sum("debit"), credits=Sum("credit"))
    )
    for row in rows:
        sums[row["account__call"]].append(
            {
                "kind": row["account__kind"],
                "debits": str(row["debits"]),
                "credits": str(row["credits"]),
                "balance": str(row["debits"] - row["credits"]),
            }
        )
    heads = LedgerHead.objects.filter(call__in=sums).select_related("call").order_by("call")
    return [
        {
            "call": head.call_id,
            "reference": head.call.reference,
            "entries": head.number,
            "seal": head.seal,
            "sums": sums[head.call_id],
        }
        for head in heads
    ]


@for_system("proposals are for those who close periods, and tell of no voucher")
def waiting_proposals() -> QuerySet[PeriodProposal]:
    """What was proposed, and neither closed nor dropped, oldest first."""
    found = PeriodProposal.objects.filter(dropped_at=None, period=None)
    return found.select_related("proposed_by").order_by("proposed_at")
