"""Reads of quotes that were opened. Before that the database gives none (see models.sealing)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from inputs.rules.currencies import in_euro
from vouchers.calls.models import Currency, GroundKind
from vouchers.providers.quotes.models import (
    InterestDeclaration,
    Quote,
    QuoteChoice,
    QuoteFile,
    QuoteInvitation,
    QuoteMark,
    QuoteOpening,
    QuoteRate,
    TermsGround,
    TermsOfReference,
)
from vouchers.providers.quotes.models.quotes import LineKind
from vouchers.providers.quotes.rules.amounts import sum_in_euro
from vouchers.providers.quotes.rules.points import Bid, Ground, Place, ranked

from .terms import terms_visible_to


def opened_quotes(terms: TermsOfReference) -> QuerySet[Quote]:
    """The quotes that stood when the terms were opened, with lines and files; none before."""
    return (
        Quote.objects.filter(
            Exists(QuoteOpening.objects.filter(terms=OuterRef("invitation__terms"))),
            invitation__terms=terms,
            invitation__state=QuoteInvitation.State.INVITED,
            state=Quote.State.SENT,
        )
        .select_related("invitation__provider")
        .prefetch_related("lines", "files")
        .order_by("sent_at", "pk")
    )


def quotes_visible_to(user: User) -> QuerySet[Quote]:
    """The opened quotes that the person may read.

    Coordinators and auditors, and who judges and declared on every provider; nobody who is tied to one.
    """
    declared = InterestDeclaration.objects.filter(
        person=user,
        invitation__terms=OuterRef("invitation__terms"),
        invitation__state=QuoteInvitation.State.INVITED,
    )
    quotes = Quote.objects.filter(
        Exists(QuoteOpening.objects.filter(terms=OuterRef("invitation__terms"))),
        ~Exists(declared.filter(has_conflict=True)),
        invitation__terms__in=terms_visible_to(user),
        invitation__state=QuoteInvitation.State.INVITED,
        state=Quote.State.SENT,
    )
    if is_coordinator.test(user) or is_auditor.test(user):
        return quotes
    undeclared = QuoteInvitation.objects.filter(
        ~Exists(InterestDeclaration.objects.filter(person=user, invitation=OuterRef("pk"))),
        terms=OuterRef("invitation__terms"),
        state=QuoteInvitation.State.INVITED,
    )
    return quotes.filter(Exists(declared), ~Exists(undeclared))


def files_visible_to(user: User) -> QuerySet[QuoteFile]:
    """The files of opened quotes that the person may read."""
    return QuoteFile.objects.filter(quote__in=quotes_visible_to(user))


@dataclass(frozen=True)
class Compared:
    """A quote beside the others: what it offers, and where it stands.

    `daily` is EUR a day, `rate` what its currency is turned into EUR by (None: it is in EUR).
    """

    quote: Quote
    place: Place
    days: Decimal
    daily: Decimal | None
    rate: QuoteRate | None


@dataclass(frozen=True)
class QuoteComparison:
    """The opened quotes side by side, the best first, and on what grounds they are compared.

    While a rate is awaited (`awaited`: its currencies) none has a place, and `unplaced` holds all of
    them; otherwise it holds what comes to less than half a cent: by a price of nothing no other can
    be measured. `marks` are those of a quote, by ground and side.
    """

    grounds: list[TermsGround]
    quotes: list[Compared]
    rates: list[QuoteRate]
    awaited: list[str]
    unplaced: list[Quote]
    marks: Mapping[int, Mapping[int, Mapping[str, QuoteMark]]]

    @property
    def places(self) -> list[Place]:
        """Where each stands, the best first."""
        return [one.place for one in self.quotes]

    @property
    def to_mark(self) -> list[Quote]:
        """What is marked: marks need no price, and wait for no rate."""
        return self.unplaced if self.awaited else [one.quote for one in self.quotes]

    @property
    def is_complete(self) -> bool:
        """Whether every quote is marked on every ground by somebody."""
        return all(place.is_complete for place in self.places)


def compare(terms: TermsOfReference) -> QuoteComparison:
    """The opened quotes with their points and ranks; a constant number of queries.

    Prices are EUR at the rates of the month of the deadline (models.rates), whoever looks when.
    """
    grounds = list(terms.grounds.order_by("position"))
    quotes = {quote.pk: quote for quote in opened_quotes(terms)}
    rates = {rate.currency: rate for rate in QuoteRate.objects.filter(terms=terms)}
    used = {quote.currency for quote in quotes.values()}
    marks = _marks_of(terms)
    if awaited := sorted(used - rates.keys() - {Currency.EUR}):
        waiting = list(quotes.values())
        return QuoteComparison(grounds, [], list(rates.values()), awaited, waiting, marks)
    prices = {pk: price_of(quote, rates.get(quote.currency)) for pk, quote in quotes.items()}
    places = ranked(
        [
            Bid(
                key=pk,
                price=price,
                marks={
                    ground: [one.mark for one in by_side.values()]
                    for ground, by_side in marks.get(pk, {}).items()
                },
            )
            for pk, price in prices.items()
            if price > 0
        ],
        [Ground(ground.pk, ground.weight, ground.kind == GroundKind.PRICE) for ground in grounds],
    )
    compared = [
        Compared(
            quote=(quote := quotes[place.key]),
            place=place,
            days=quote.total_days,
            daily=daily_of(quote, rates.get(quote.currency)),
            rate=rates.get(quote.currency),
        )
        for place in places
    ]
    worthless = [quotes[pk] for pk, price in prices.items() if price <= 0]
    return QuoteComparison(grounds, compared, list(rates.values()), [], worthless, marks)


def _marks_of(terms: TermsOfReference) -> dict[int, dict[int, dict[str, QuoteMark]]]:
    marks: dict[int, dict[int, dict[str, QuoteMark]]] = {}
    for mark in QuoteMark.objects.filter(terms=terms).select_related("marked_by"):
        marks.setdefault(mark.quote_id, {}).setdefault(mark.ground_id, {})[mark.side] = mark
    return marks


def rate_of(choice: QuoteChoice) -> QuoteRate | None:
    """The rate by which a quote was chosen; None where it is in EUR."""
    return QuoteRate.objects.filter(terms=choice.terms_id, currency=choice.quote.currency).first()


def price_of(quote: Quote, rate: QuoteRate | None) -> Decimal:
    """What a quote comes to in EUR at the rate (None: it is in EUR), each line rounded once."""
    units = rate.units_per_euro if rate else None
    return sum_in_euro((line.amount for line in quote.lines.all()), units)


def daily_of(quote: Quote, rate: QuoteRate | None) -> Decimal | None:
    """EUR a day, the mean over all days of the quote; None where it names no day."""
    lines = [line for line in quote.lines.all() if line.kind == LineKind.DAYS]
    days = sum((line.days for line in lines if line.days), Decimal(0))
    if not days:
        return None
    units = rate.units_per_euro if rate else None
    return in_euro(sum((line.amount for line in lines), Decimal(0)) / days, units)
