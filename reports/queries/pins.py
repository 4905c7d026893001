"""Where an issued report stands in the books of its call, and what they moved since."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Min, Sum

from conduct.queries.scoping import for_system
from documents.models import Document
from reports.models import ScheduledReport
from vouchers.books.models import LedgerEntry, LedgerHead
from vouchers.calls.models import Call


@dataclass(frozen=True)
class Moved:
    """What the books moved of one kind since a report: how many entries, worth how much (EUR)."""

    kind: str
    number: int
    amount: Decimal


@dataclass(frozen=True)
class Pin:
    """Where a report stands in the books of its call, and what they moved since.

    `entries`, `seal` and `day` (ISO) are those of the newest entry when it was issued; `stands` says
    whether the books still hold that very entry.
    """

    entries: int
    seal: str
    day: str
    stands: bool
    since: list[Moved]

    @property
    def moved(self) -> int:
        """How many entries there are since."""
        return sum(one.number for one in self.since)


@for_system("the sums of a call, for who may read the report of them")
def pin_of(report: Document, call: Call) -> Pin:
    """Where an issued report stands in the books; two queries."""
    head = {"entries": 0, "seal": "", "day": "", **report.facts.get("ledger", {})}
    entries = LedgerEntry.objects.filter(call=call).order_by()
    since = (
        entries.filter(number__gt=head["entries"])
        .values("kind")
        .annotate(found=Count("pk"), moved=Sum("amount"), first=Min("number"))
        .order_by("first")
    )
    return Pin(
        **head,
        stands=entries.filter(number=head["entries"], seal=head["seal"]).exists(),
        since=[
            Moved(str(LedgerEntry.Kind(row["kind"]).label), row["found"], row["moved"])
            for row in since
        ],
    )


@for_system("where the books of a call stand, for who reports of it")
def newest_entry(call_id: int) -> int:
    """The number of the newest entry in the books of a call; 0 while there is none."""
    return LedgerHead.objects.filter(call=call_id).values_list("number", flat=True).first() or 0


@for_system("how many entries a call has, for who may read what is reported of it")
def entries_since(run: ScheduledReport) -> int:
    """How many entries the books of the call have since a report that fell due was prepared."""
    entries = LedgerEntry.objects.filter(call=run.schedule.call_id, number__gt=run.entries or 0)
    return entries.count()
