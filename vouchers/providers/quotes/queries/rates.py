"""At which rates quotes are compared, and which are awaited."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from conduct.queries.scoping import for_system
from vouchers.calls.models import Currency
from vouchers.providers.quotes.models import QuoteRate, TermsOfReference

from .comparing import opened_quotes


def awaited_rates(terms: TermsOfReference) -> list[str]:
    """The currencies of opened quotes whose rate is not taken in yet, in order; one query."""
    quotes = opened_quotes(terms).exclude(currency=Currency.EUR)
    known = QuoteRate.objects.filter(terms=terms, currency=OuterRef("currency"))
    unknown = quotes.filter(~Exists(known)).order_by("currency")
    return list(unknown.values_list("currency", flat=True).distinct())


@for_system("who opened quotes is told that they can be compared now")
def terms_compared_at(rate_pk: int) -> QuerySet[TermsOfReference]:
    """The requests for quotes that wait for a choice, and whose comparison takes this rate."""
    return TermsOfReference.objects.filter(
        rates__rate=rate_pk, state=TermsOfReference.State.OPENED
    ).order_by("pk")
