"""What stands in the ledger of a voucher, and whether it is what awards and claims say."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import (
    Case,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce

from conduct.queries.scoping import for_system
from vouchers.awards.models import Award, Voucher
from vouchers.books.models import LedgerAccount, LedgerEntry
from vouchers.books.queries import unlike_their_legs
from vouchers.books.rules.routes import (
    ADVANCED,
    APPROVED,
    BANK,
    COMMITTED,
    IN_TRANSIT,
    PAYABLE,
    RECEIVABLE,
)
from vouchers.payments.models import Claim

_MONEY = DecimalField(max_digits=14, decimal_places=2)
_NOTHING = Decimal(0)


def ledger_of(voucher: Voucher) -> QuerySet[LedgerEntry]:
    """Every movement on the voucher, oldest first."""
    return LedgerEntry.objects.filter(application=voucher.award.application_id).order_by("number")


def is_approved_in_the_ledger(claim: Claim) -> bool:
    """Whether the claim's approval stands in the ledger, and was not reversed."""
    entered = LedgerEntry.objects.filter(source_type=LedgerEntry.Source.CLAIM, source_id=claim.pk)
    kinds = set(entered.values_list("kind", flat=True))
    return LedgerEntry.Kind.APPROVAL in kinds and LedgerEntry.Kind.REVERSAL not in kinds


# Where the amount of a claim stands, by its state.
_STANDS: dict[str, str] = {
    Claim.State.APPROVED: PAYABLE,
    Claim.State.ORDERED: IN_TRANSIT,
    Claim.State.PAID: BANK,
}


@for_system("the command line checks all accounts")
def out_of_balance() -> QuerySet[Voucher]:
    """The vouchers on which sums, ledger and claims do not agree: none, unless something is broken.

    Each account of a voucher holds what its legs come to and what its claims in that state are worth
    (EUR), what is committed is the rest, and what is kept as approved and paid is the same.
    """
    held = {kind: _held(kind) for kind in (COMMITTED, *APPROVED, RECEIVABLE)}
    claimed = {kind: _claimed(state) for state, kind in _STANDS.items()}
    amiss = Q(Exists(unlike_their_legs().filter(application__award__voucher=OuterRef("pk")))) | ~Q(
        approved=F(f"held_{PAYABLE}") + F(f"held_{IN_TRANSIT}") + F("booked"),
        paid=F("booked"),
        amount=F(f"held_{COMMITTED}") + F("approved") + F("released"),
    )
    amiss |= ~Q(booked=F(f"claimed_{BANK}"), **{f"held_{ADVANCED}": F("out")})
    for kind in (PAYABLE, IN_TRANSIT):
        amiss |= ~Q(**{f"held_{kind}": F(f"claimed_{kind}")})
    return (
        Voucher.objects.annotate(
            **{f"held_{kind}": value for kind, value in held.items()},
            **{f"claimed_{kind}": value for kind, value in claimed.items()},
            recovered=_entered("recovery") - _entered("reopening"),
            # Advances that were paid, less what cleared them and what was demanded back.
            out=_claimed(Claim.State.PAID, is_advance=True)
            - _entered("clearing")
            + _entered("unclearing")
            - _entered("demand"),
        )
        # What the bank has paid: what is to come back of it, and what did, as well.
        .annotate(
            booked=F(f"held_{BANK}")
            + F(f"held_{ADVANCED}")
            + F(f"held_{RECEIVABLE}")
            + F("recovered")
        )
        .filter(amiss)
    )


@for_system("the command line checks all accounts")
def awards_out_of_balance() -> QuerySet[Award]:
    """The awards without a voucher that hold another sum in the ledger than they are worth."""
    held = LedgerAccount.objects.filter(application=OuterRef("application"), kind=COMMITTED)
    return (
        Award.objects.filter(voucher=None)
        .annotate(
            held=Coalesce(
                Subquery(held.values(it=F("debits") - F("credits"))), _NOTHING, output_field=_MONEY
            ),
            worth=Case(
                When(state=Award.State.OFFERED, then=F("amount")),
                default=_NOTHING,
                output_field=_MONEY,
            ),
        )
        .exclude(held=F("worth"))
    )


@for_system("the command line checks all accounts")
def _held(kind: str) -> Coalesce:
    """What stands on an account of the outer voucher."""
    found = LedgerAccount.objects.filter(
        application__award__voucher=OuterRef("pk"), kind=kind
    ).values(it=F("debits") - F("credits"))
    return Coalesce(Subquery(found), _NOTHING, output_field=_MONEY)


@for_system("the command line checks all accounts")
def _entered(kind: str) -> Coalesce:
    """What entries of a kind moved on the outer voucher."""
    found = (
        LedgerEntry.objects.filter(application__award__voucher=OuterRef("pk"), kind=kind)
        .order_by()
        .values("application")
        .annotate(it=Sum("amount"))
        .values("it")
    )
    return Coalesce(Subquery(found), _NOTHING, output_field=_MONEY)


@for_system("the command line checks all accounts")
def _claimed(state: str, **narrowed: bool) -> Coalesce:
    """What the claims of the outer voucher in a state pay out."""
    found = (
        Claim.objects.filter(voucher=OuterRef("pk"), state=state, **narrowed)
        .order_by()
        .values("voucher")
        .annotate(it=Sum(F("eligible") + F("revalued") - F("cleared")))
        .values("it")
    )
    return Coalesce(Subquery(found), _NOTHING, output_field=_MONEY)
