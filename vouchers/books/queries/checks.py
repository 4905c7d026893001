"""Whether the books hold: recomputed from their legs, with no trust in what triggers keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from conduct.queries.scoping import for_system
from vouchers.books.models import LedgerAccount, LedgerEntry, LedgerLeg
from vouchers.books.rules.sealing import seal

_MONEY = DecimalField(max_digits=14, decimal_places=2)
_CHUNK = 2000


@for_system("the command line checks all accounts")
def unlike_their_legs() -> QuerySet[LedgerAccount]:
    """The accounts whose sums are not those of their legs: none, unless something is broken."""
    legs = LedgerLeg.objects.filter(account=OuterRef("pk")).order_by().values("account")
    return LedgerAccount.objects.annotate(
        debited=Coalesce(
            Subquery(legs.annotate(it=Sum("debit")).values("it")), 0, output_field=_MONEY
        ),
        credited=Coalesce(
            Subquery(legs.annotate(it=Sum("credit")).values("it")), 0, output_field=_MONEY
        ),
    ).exclude(debits=F("debited"), credits=F("credited"))


@for_system("the command line checks all accounts")
def entries_that_fail() -> QuerySet[LedgerEntry]:
    """The entries whose debits and credits differ: none, unless something is broken."""
    return LedgerEntry.objects.annotate(
        debited=Sum("legs__debit", default=0), credited=Sum("legs__credit", default=0)
    ).filter(~Q(debited=F("credited")) | ~Q(amount=F("debited")))


@for_system("the command line checks all accounts")
def altered_entries() -> Iterator[LedgerEntry]:
    """The first entry of each call whose seal is not that of what it says, or that is missing before."""
    legs: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    rows = LedgerLeg.objects.order_by("entry", "debit", "account").values_list(
        "entry", "account__kind", "account__reference", "debit", "credit"
    )
    for pk, kind, reference, debit, credit in rows.iterator(_CHUNK):
        legs[pk].append((kind, reference, str(debit), str(credit)))
    heads: dict[int, tuple[int, str]] = {}
    altered: set[int] = set()
    for entry in LedgerEntry.objects.order_by("call", "number").iterator(_CHUNK):
        number, before = heads.get(entry.call_id, (0, ""))
        if entry.call_id not in altered and (
            entry.number != number + 1
            or entry.previous != before
            or entry.seal != seal([before, *_values(entry), *sum(legs[entry.pk], ())])
        ):
            altered.add(entry.call_id)
            yield entry
        heads[entry.call_id] = entry.number, entry.seal


def _values(entry: Any) -> list[str]:
    """What of an entry is sealed, without its legs, as text."""
    return [
        str(entry.call_id),
        str(entry.number),
        entry.day.isoformat(),
        instant_text(entry.entered_at),
        entry.kind,
        entry.source_type,
        str(entry.source_id),
        str(entry.part),
        str(entry.entered_by_id or ""),
        entry.note,
    ]


def instant_text(instant: datetime) -> str:
    """An instant as it is sealed: UTC, with microseconds."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
