"""The claims that somebody may read, and what stands of a voucher, a milestone or an invoice."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.awards.queries.countersigning import awaits_countersignature
from vouchers.payments.control.models import ClaimApproval, SentBack
from vouchers.payments.models import (
    CAME_BACK,
    DONE_WITH,
    UNDECIDED,
    Claim,
    ClaimLine,
    Invoice,
)
from vouchers.payments.rules.invoices import key_of
from vouchers.providers.models import Provider

STANDING = ~Q(state__in=DONE_WITH)
# What a claim that stands takes of its voucher (EUR), as `claimed_of` says it of a milestone: all that it
# asks; what was deducted is free again once that is approved, and what is set aside never before it is
# decided on.
RESERVED = Case(When(state__in=UNDECIDED, then=F("amount")), default=F("amount") - F("deducted"))


def claims_visible_to(user: User) -> QuerySet[Claim]:
    """The claims on the vouchers that the person may read, newest first."""
    return (
        Claim.objects.filter(award_within_reach(user, "voucher__award__"))
        .select_related(
            "voucher__award__application__cluster",
            "voucher__award__application__country",
            "provider",
            "cluster__country",
            "partner__country",
            "continues",
        )
        .order_by("-submitted_at")
    )


def with_its_people(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """The claims with call, contract, policy and whoever took a step; one query more, of approvals."""
    return claims.select_related(
        *("voucher__award__application__call", "voucher__contract__provider", "policy"),
        *("submitted_by", "verified_by", "ordered_by", "paid_by"),
    ).prefetch_related(Prefetch("approvals", ClaimApproval.objects.select_related("person")))


@for_system("lines of claims that the caller has chosen")
def with_lines(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """The claims with their lines, each with milestone and invoice; one query more."""
    lines = ClaimLine.objects.select_related("milestone", "invoice")
    return claims.prefetch_related(Prefetch("lines", lines))


def invoices_visible_to(user: User) -> QuerySet[Invoice]:
    """The invoices of these claims."""
    return Invoice.objects.filter(
        award_within_reach(user, "claim__voucher__award__")
    ).select_related("claim__voucher__award__application__cluster")


def invoiced_in(claims: QuerySet[Claim], currency: str) -> QuerySet[Claim]:
    """Those of the claims with an invoice in the currency."""
    return claims.filter(Exists(Invoice.objects.filter(claim=OuterRef("pk"), currency=currency)))


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


def claims_sent_back(user: User) -> QuerySet[Claim]:
    """The claims whose control an approver sent back to an officer of their country, oldest first.

    Not those of which they approved the former control: others do it anew.
    """
    approved = ClaimApproval.objects.filter(claim=OuterRef("pk"), person=user)
    return (
        claims_visible_to(user)
        .filter(
            state=Claim.State.SENT_BACK,
            voucher__award__application__country_id__in=user.officer_countries,
        )
        .exclude(Exists(approved))
        .order_by("sent_back_at")
    )


def claims_in(user: User, state: str) -> QuerySet[Claim]:
    """The claims that the person may read and that are in `state`, oldest first."""
    return claims_visible_to(user).filter(state=state).order_by("submitted_at")


def parked_claims(user: User) -> QuerySet[Claim]:
    """The claims of an officer’s countries of which something set aside is still to be decided on."""
    return (
        claims_visible_to(user)
        .filter(
            parked__gt=0,
            state__in=[Claim.State.APPROVED, Claim.State.ORDERED, Claim.State.PAID],
            voucher__award__application__country_id__in=user.officer_countries,
        )
        .exclude(continued_by__state=Claim.State.VERIFIED)
        .order_by("submitted_at")
    )


def claims_to_approve(user: User) -> QuerySet[Claim]:
    """The controlled claims that wait for a person who did not control or approve them, oldest first.

    Those whose agreement is still to be counter-signed wait for that.
    """
    approved = ClaimApproval.objects.filter(control=OuterRef("control"), person=user)
    controlled = SentBack.objects.filter(claim=OuterRef("pk"), control__made_by=user)
    return (
        claims_in(user, Claim.State.VERIFIED)
        .exclude(awaits_countersignature("voucher__"))
        .exclude(verified_by=user)
        .exclude(Exists(approved) | Exists(controlled))
    )


def lines_of(claim: Claim) -> list[ClaimLine]:
    """The lines of a claim in their order, with invoice, file and milestone; one query."""
    return list(
        claim.lines.select_related("invoice__file", "invoice__shared_by", "milestone", "rate")
    )


def found_eligible(claim: Claim) -> dict[int, Decimal]:
    """By the id of each line: what its control found eligible of it (EUR), at the rate of the line.

    A part that was set aside and taken in is eligible as a whole.
    """
    found = dict(
        claim.lines.filter(found__control=claim.control_id).values_list("pk", "found__eligible")
    )
    return {line.pk: found.get(line.pk, line.amount) for line in claim.lines.all()}


def standing_invoices(provider: Provider, number: str) -> QuerySet[Invoice]:
    """The provider's invoice of this number, however it was written, in each claim that counts."""
    return Invoice.objects.filter(
        stands=True, provider=provider, key=key_of(number)
    ).select_related("claim")


def is_claimed_anew(claim: Claim) -> bool:
    """Whether a later claim that stands is for one of its milestones."""
    later = ClaimLine.objects.filter(
        claim__voucher=claim.voucher_id,
        claim__number__gt=claim.number,
        milestone__in=claim.lines.values("milestone"),
    )
    return later.exclude(claim__state__in=DONE_WITH).exists()


def came_back_last(voucher: Voucher) -> Claim | None:
    """The newest claim of the voucher, where it was returned or withdrawn."""
    last = voucher.claims.filter(continues=None).order_by("-number").first()
    return last if last is not None and last.state in CAME_BACK else None


def earlier_claims(claim: Claim) -> QuerySet[Claim]:
    """The other claims for one of its milestones, newest first."""
    of_its_milestones = ClaimLine.objects.filter(milestone__in=claim.lines.values("milestone"))
    return (
        Claim.objects.filter(voucher=claim.voucher_id, pk__in=of_its_milestones.values("claim"))
        .exclude(pk=claim.pk)
        .order_by("-number")
    )


def unpaid_milestones(voucher: Voucher) -> QuerySet[Milestone]:
    """The milestones of the plan in force that still wait for money.

    Settled is one of which something was paid, or rejected for good, and nothing is under way.
    """
    lines = ClaimLine.objects.filter(claim__voucher=voucher)
    settled = lines.filter(claim__state__in=[Claim.State.PAID, Claim.State.REJECTED])
    under_way = lines.exclude(claim__state__in=[*DONE_WITH, Claim.State.PAID])
    standing = Milestone.objects.filter(plan__voucher=voucher, removed_in=None)
    return standing.exclude(
        pk__in=settled.exclude(milestone__in=under_way.values("milestone")).values("milestone")
    )
