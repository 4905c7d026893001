"""At which rates quotes are compared, and which are awaited."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.calls.models import Currency
from vouchers.providers.quotes.models import (
    Quote,
    QuoteInvitation,
    QuoteRate,
    TermsOfReference,
)

from .comparing import opened_quotes
from .terms import terms_visible_to


def awaited_rates(terms: TermsOfReference) -> list[str]:
    """The currencies of opened quotes whose rate is not taken in yet, in order; one query."""
    quotes = opened_quotes(terms).exclude(currency=Currency.EUR)
    known = QuoteRate.objects.filter(terms=terms, currency=OuterRef("currency"))
    unknown = quotes.filter(~Exists(known)).order_by("currency")
    return list(unknown.values_list("currency", flat=True).distinct())


@for_system("a subquery of terms, which are scoped by who asks for them")
def _quotes_without_rate() -> QuerySet[Quote]:
    """For a subquery of terms: the opened quotes among which none can be compared yet."""
    known = QuoteRate.objects.filter(
        terms=OuterRef("invitation__terms"), currency=OuterRef("currency")
    )
    return Quote.objects.filter(
        ~Exists(known),
        invitation__terms=OuterRef("pk"),
        invitation__terms__state=TermsOfReference.State.OPENED,
        invitation__state=QuoteInvitation.State.INVITED,
        state=Quote.State.SENT,
    ).exclude(currency=Currency.EUR)


def with_rates(terms: QuerySet[TermsOfReference]) -> QuerySet[TermsOfReference]:
    """The terms, each with the currencies whose rate is awaited (`awaited`, and whether any is:
    `awaits_rate`), and when the last rate was taken (`rated_at`)."""
    unknown = _quotes_without_rate()
    taken = QuoteRate.objects.filter(terms=OuterRef("pk"))
    return terms.annotate(
        awaits_rate=Exists(unknown),
        awaited=ArraySubquery(unknown.order_by("currency").values("currency").distinct()),
        rated_at=Subquery(taken.order_by("-taken_at").values("taken_at")[:1]),
    )


def rates_to_enter(user: User) -> QuerySet[TermsOfReference]:
    """The requests for quotes whose comparison waits for a rate, for who enters rates; oldest first."""
    waiting = terms_visible_to(user).filter(Exists(_quotes_without_rate()))
    return with_rates(waiting).order_by("opening__opened_at")


@for_system("who opened quotes is told that they can be compared now")
def terms_compared_at(rate_pk: int) -> QuerySet[TermsOfReference]:
    """The requests for quotes that wait for a choice, and whose comparison takes this rate."""
    return TermsOfReference.objects.filter(
        rates__rate=rate_pk, state=TermsOfReference.State.OPENED
    ).order_by("pk")
