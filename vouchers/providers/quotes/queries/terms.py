"""Reads of terms of reference, scoped to who asks."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.providers.quotes.models import (
    Derogation,
    QuoteChoice,
    QuoteInvitation,
    QuoteOpening,
    TermsOfReference,
)


def terms_visible_to(user: User) -> QuerySet[TermsOfReference]:
    """The terms of vouchers that the person may read, with all that their pages name."""
    return TermsOfReference.objects.filter(
        award_within_reach(user, "voucher__award__")
    ).select_related(
        "voucher__award__application__cluster",
        "voucher__award__application__country__partner",
        "voucher__award__application__call",
        "begun_by",
        "asked_by",
    )


def terms_of(voucher: Voucher) -> TermsOfReference | None:
    """The terms that stand for a voucher, or the last that ended; None where none were begun."""
    return (
        TermsOfReference.objects.filter(voucher=voucher)
        .select_related("asked_by", "voucher__award__application__country")
        .order_by("-begun_at")
        .first()
    )


def invitations_of(terms: TermsOfReference) -> QuerySet[QuoteInvitation]:
    """Who is asked, and who was, in the order in which they were asked."""
    return terms.invitations.select_related("provider", "invited_by").order_by("pk")


def invitations_visible_to(user: User) -> QuerySet[QuoteInvitation]:
    """The invitations of terms that the person may read."""
    return QuoteInvitation.objects.filter(terms__in=terms_visible_to(user)).select_related(
        "provider", "terms__voucher__award__application"
    )


def derogations_visible_to(user: User) -> QuerySet[Derogation]:
    """The derogations of terms that the person may read."""
    return Derogation.objects.filter(terms__in=terms_visible_to(user)).select_related(
        "terms__voucher__award__application", "asked_by", "answered_by"
    )


def derogation_in_force(terms: TermsOfReference) -> Derogation | None:
    """The derogation that was approved last; None where none was."""
    return terms.derogations.filter(is_approved=True).order_by("-answered_at").first()


def least_of(terms: TermsOfReference) -> int:
    """How many providers are asked, and quotes opened, at least: the call's rule, or a derogation's."""
    derogation = derogation_in_force(terms)
    return derogation.least if derogation else terms.least_quotes


def opening_of(terms: TermsOfReference) -> QuoteOpening | None:
    """The record of the opening, where the quotes were opened."""
    return (
        QuoteOpening.objects.filter(terms=terms)
        .select_related("first_person", "second_person")
        .first()
    )


def choice_of(terms: TermsOfReference) -> QuoteChoice | None:
    """The choice that stands, or waits for the country partner."""
    return (
        terms.choices.exclude(is_confirmed=False)
        .select_related("quote__invitation__provider", "chosen_by", "answered_by")
        .first()
    )


def with_parts(terms: QuerySet[TermsOfReference]) -> QuerySet[TermsOfReference]:
    """The terms with their milestones, grounds and invitations; three queries more."""
    return terms.prefetch_related(
        "milestones",
        "grounds",
        Prefetch("invitations", QuoteInvitation.objects.select_related("provider")),
    )
