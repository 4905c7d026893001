"""The ledger, and whether it balances."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from conduct.queries.scoping import for_system
from vouchers.awards.models import Voucher
from vouchers.payments.models import Claim, LedgerEntry


def ledger_of(voucher: Voucher) -> QuerySet[LedgerEntry]:
    """Every movement on the voucher, oldest first."""
    return voucher.ledger.select_related("claim", "entered_by", "corrects")


def approval_of(claim: Claim) -> LedgerEntry | None:
    """The approval on which the claim rests, unless it was reversed."""
    return LedgerEntry.objects.filter(
        claim=claim, kind=LedgerEntry.Kind.APPROVAL, corrects=None, correction=None
    ).first()


# In which states of a claim its amount is in the ledger, by the kind of the entry.
_ENTERED_IN: dict[str, list[str]] = {
    LedgerEntry.Kind.APPROVAL: [Claim.State.APPROVED, Claim.State.ORDERED, Claim.State.PAID],
    LedgerEntry.Kind.PAYMENT: [Claim.State.PAID],
}


@for_system("the command line checks all accounts")
def out_of_balance() -> QuerySet[Voucher]:
    """The vouchers on which sums, ledger and claims do not agree: none, unless something is broken.

    What is kept as approved and paid (EUR) equals the entries of that kind, and those equal the
    claims that are approved and paid, voucher by voucher and claim by claim.
    """
    sums = {
        f"ledger_{kind}": Sum("ledger__amount", filter=Q(ledger__kind=kind), default=Decimal(0))
        for kind in LedgerEntry.Kind.values
    }
    amiss = ~Q(approved=F("ledger_approval"), paid=F("ledger_payment"))
    for kind, states in _ENTERED_IN.items():
        amiss |= Q(Exists(_claims_unlike_their_entries(kind, states)))
    return Voucher.objects.annotate(**sums).filter(amiss)


@for_system("the command line checks all accounts")
def _claims_unlike_their_entries(kind: str, states: list[str]) -> QuerySet[Claim]:
    """The claims of the outer voucher whose entries of the kind do not add up to what stands."""
    entered = (
        LedgerEntry.objects.filter(claim=OuterRef("pk"), kind=kind)
        .order_by()
        .values("claim")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    return (
        Claim.objects.filter(voucher=OuterRef("pk"))
        .annotate(
            entered=Coalesce(Subquery(entered), Decimal(0)),
            standing=Case(When(state__in=states, then=F("amount")), default=Decimal(0)),
        )
        .exclude(entered=F("standing"))
    )
