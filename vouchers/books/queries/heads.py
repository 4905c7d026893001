"""The head of a call's chain: what stands on papers, and on the public page by day."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import TruncDate

from conduct.queries.days import PROGRAMME_ZONE, iso_day_of
from conduct.queries.scoping import for_system
from vouchers.books.models import LedgerEntry


@for_system("seals are published: they tell of no voucher, and bind whoever keeps the books")
def head_of(call: Any) -> LedgerEntry | None:
    """The newest entry of the call's books."""
    return LedgerEntry.objects.filter(call=call).order_by("-number").first()


def head_facts(call: Any) -> dict[str, Any]:
    """What papers state of the books as they are now: entries, seal and day of the newest."""
    head = head_of(call)
    if head is None:
        return {"entries": 0, "seal": "", "day": ""}
    return {
        "entries": head.number,
        "seal": head.seal,
        "day": iso_day_of(head.entered_at),
    }


@for_system("seals are published: they tell of no voucher, and bind whoever keeps the books")
def heads_by_day() -> QuerySet[LedgerEntry]:
    """The last entry of every day (programme time) on which something was entered in a call."""
    last = (
        LedgerEntry.objects.order_by()
        .values("call", on=TruncDate("entered_at", tzinfo=PROGRAMME_ZONE))
        .annotate(last=Max("pk"))
    )
    # Keys are drawn under the lock of the chain: they rise with the numbers.
    return LedgerEntry.objects.filter(pk__in=last.values("last"))
