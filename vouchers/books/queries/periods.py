"""What the books say up to a day, as a period keeps it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.books.models import LedgerHead, LedgerLeg, PeriodProposal
from vouchers.books.permissions import may_close_periods


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


def proposals_visible_to(user: User) -> QuerySet[PeriodProposal]:
    """Every proposal to close a period, for those who may close one."""
    if not may_close_periods.test(user):
        return PeriodProposal.objects.none()
    return PeriodProposal.objects.select_related("proposed_by")


def waiting_proposals(user: User) -> QuerySet[PeriodProposal]:
    """What was proposed, and neither closed nor dropped, oldest first."""
    waiting = proposals_visible_to(user).filter(dropped_at=None, period=None)
    return waiting.order_by("proposed_at")
