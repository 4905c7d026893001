"""The claims that somebody may read, and what stands of a milestone or an invoice."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.payments.models import DONE_WITH, STEPS_OF_A_CLAIM, Claim
from vouchers.payments.rules.invoices import key_of
from vouchers.providers.models import Provider

STANDING = ~Q(state__in=DONE_WITH)


def claims_visible_to(user: User) -> QuerySet[Claim]:
    """The claims on the vouchers that the person may read, newest first."""
    return (
        Claim.objects.filter(voucher__in=vouchers_visible_to(user))
        .select_related(
            "voucher__award__application__cluster",
            "voucher__award__application__country",
            "milestone__plan",
            "provider",
        )
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
    """The claims that the person may read and that are in `state`, oldest first."""
    return claims_visible_to(user).filter(state=state).order_by("submitted_at")


def people_of(claim: Claim) -> list[tuple[str, User, datetime]]:
    """Who took which step of a claim so far, and when, in order; one query."""
    steps = [
        (str(words), getattr(claim, f"{step}_by_id"), getattr(claim, f"{step}_at"))
        for step, words in STEPS_OF_A_CLAIM.items()
    ]
    people = User.objects.in_bulk(claim.earlier_people)
    return [(step, people[person], at) for step, person, at in steps if person and at]


def claims_of_invoice(provider: Provider, number: str) -> QuerySet[Claim]:
    """The standing claims of the provider's invoice of this number, however it was written."""
    return Claim.objects.filter(STANDING, provider=provider, invoice_key=key_of(number))


def is_claimed(milestone: Milestone) -> bool:
    """Whether a claim of the milestone stands."""
    return milestone.claims.filter(STANDING).exists()


def last_of_milestone(milestone: Milestone) -> Claim | None:
    """The claim of the milestone that was made last, where none stands: returned or withdrawn."""
    last = milestone.claims.order_by("-submitted_at").first()
    return last if last is not None and last.state in DONE_WITH else None


def unpaid_milestones(voucher: Voucher) -> QuerySet[Milestone]:
    """The milestones of the plan in force for which no claim is paid."""
    paid = Claim.objects.filter(voucher=voucher, state=Claim.State.PAID).values("milestone")
    standing = Milestone.objects.filter(plan__voucher=voucher, removed_in=None)
    return standing.exclude(pk__in=paid)
