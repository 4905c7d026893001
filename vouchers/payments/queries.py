"""Reads of the money, scoped to who asks."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.assistance.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to

from .models import Claim, ExchangeRate, LedgerEntry, PaymentOrder
from .permissions import may_read_orders

STANDING = ~Q(state=Claim.State.RETURNED)


def claims_visible_to(user: User) -> QuerySet[Claim]:
    """The claims on the vouchers that the person may read, newest first."""
    return (
        Claim.objects.filter(voucher__in=vouchers_visible_to(user))
        .select_related("voucher__award__application__cluster", "milestone__plan__provider")
        .order_by("-submitted_at")
    )


def claims_to_verify(user: User) -> QuerySet[Claim]:
    """The claims that wait for an officer of their country, oldest first."""
    return (
        claims_visible_to(user)
        .filter(
            state=Claim.State.SUBMITTED,
            voucher__award__application__country_id__in=user.officer_countries,
        )
        .order_by("submitted_at")
    )


def claims_in(user: User, state: str) -> QuerySet[Claim]:
    """The claims that the person may read and that stand in `state`, oldest first."""
    return claims_visible_to(user).filter(state=state).order_by("submitted_at")


def orders_visible_to(user: User) -> QuerySet[PaymentOrder]:
    """Payment orders: for finance officers, coordinators and auditors; newest first."""
    if not may_read_orders.test(user):
        return PaymentOrder.objects.none()
    return PaymentOrder.objects.select_related(
        "claim__voucher__award__application__cluster", "claim__ordered_by", "claim__paid_by"
    ).order_by("-ordered_at")


def people_of(claim: Claim) -> list[tuple[str, User, datetime]]:
    """Who took which step of a claim so far, and when, in order; one query."""
    steps = [
        (_("submitted by"), claim.submitted_by_id, claim.submitted_at),
        (_("verified by"), claim.verified_by_id, claim.verified_at),
        (_("approved by"), claim.approved_by_id, claim.approved_at),
        (_("ordered by"), claim.ordered_by_id, claim.ordered_at),
        (_("paid by"), claim.paid_by_id, claim.paid_at),
    ]
    people = User.objects.in_bulk(claim.earlier_people)
    return [(step, people[person], at) for step, person, at in steps if person and at]


def rates() -> QuerySet[ExchangeRate]:
    """Every accounting rate that was entered, newest month first."""
    return ExchangeRate.objects.select_related("entered_by")


def ledger_of(voucher: Voucher) -> QuerySet[LedgerEntry]:
    """Every movement on the voucher, oldest first."""
    return voucher.ledger.select_related("claim", "entered_by", "corrects")


def approval_of(claim: Claim) -> LedgerEntry | None:
    """The approval on which the claim rests, unless it was reversed."""
    return LedgerEntry.objects.filter(
        claim=claim, kind=LedgerEntry.Kind.APPROVAL, corrects=None, correction=None
    ).first()


def unpaid_milestones(voucher: Voucher) -> QuerySet[Milestone]:
    """The milestones of the plan for which no claim is paid."""
    paid = Claim.objects.filter(voucher=voucher, state=Claim.State.PAID).values("milestone")
    return Milestone.objects.filter(plan__voucher=voucher).exclude(pk__in=paid)


def rate_for(currency: str, month: str) -> ExchangeRate | None:
    """The accounting rate of a currency in a month (YYYY-MM), where it is entered."""
    return ExchangeRate.objects.filter(currency=currency, month=month).first()


# In which states of a claim its amount stands in the ledger, by the kind of the entry.
_ENTERED_IN = {
    LedgerEntry.Kind.APPROVAL: [Claim.State.APPROVED, Claim.State.ORDERED, Claim.State.PAID],
    LedgerEntry.Kind.PAYMENT: [Claim.State.PAID],
}


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
        amiss |= Exists(_claims_unlike_their_entries(kind, states))
    return Voucher.objects.annotate(**sums).filter(amiss)


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
