"""Quotes in different currencies are compared at one rate, and contracted as they were quoted."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conduct.actions import OutOfOrder, Refused
from demonstration.clock import noon, on
from documents.models import Document
from notices.models import Notice
from tests.payments.making import rate, typed_rate
from tests.providers.quotes.asking import (
    asked_long_ago,
    marked,
    quote_of,
    sent,
)
from tests.providers.quotes.in_dinars import (
    DEAR,
    IN_DINARS,
    IN_EURO,
    UNITS,
    WORTH,
    answered,
    compared,
    of_its_month,
    opened,
    page_of_comparison,
    prices,
    tunisian,
)
from vouchers.payments.actions import (
    confirm_rate,
    correct_rate,
    read_rate_file,
    take_rates_over,
)
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import QuoteChoice, QuoteRate
from vouchers.providers.quotes.queries import compare
from vouchers.providers.quotes.steps import quotes_steps

pytestmark = pytest.mark.django_db


def test_prices_are_compared_at_the_rate_of_the_deadlines_month():
    asked = compared()
    assert prices(asked) == {
        IN_DINARS: WORTH,
        IN_EURO: Decimal("4500.00"),
        DEAR: Decimal("4800.00"),
    }
    taken = QuoteRate.objects.get()
    assert (taken.currency, taken.month) == ("TND", asked.terms.rate_month)
    # Whatever the table says of other months, and whenever somebody looks.
    rate(asked.told, "TND", "3.6", month=f"{noon(-40):%Y-%m}")
    with on(noon(60)):
        assert prices(asked)[IN_DINARS] == WORTH


def test_without_a_rate_nothing_is_compared_and_who_takes_it_in_is_told():
    asked = opened(answered())
    told = asked.told
    comparison = compare(asked.terms)
    assert (comparison.awaited, comparison.quotes, len(comparison.unplaced)) == (["TND"], [], 3)
    with pytest.raises(OutOfOrder, match="once the exchange rate of TND"):
        actions.choose_quote(asked.terms, quote_of(asked, IN_EURO), by=told.manager, reason="x")
    with pytest.raises(IntegrityError, match="rates of their deadline"), transaction.atomic():
        QuoteChoice.objects.create(
            terms=asked.terms,
            quote=quote_of(asked, IN_EURO),
            amount=Decimal(4500),
            rank=1,
            is_cheapest=True,
            chosen_by=told.manager,
        )
    waiting = Notice.objects.filter(kind="quotes-await-rate")
    assert {one.recipient for one in waiting} >= {told.cast.coordinators[0], *told.cast.finance}
    facts = waiting.first().facts
    assert (facts["currencies"], facts["month"]) == ("TND", asked.terms.rate_month)
    # Nothing of what is quoted.
    assert not any(figure in str(facts) for figure in ("13,333", "13333", "1333.333", "4500"))
    step = quotes_steps(asked.terms, None, None, told.manager)[0]
    assert (step.whose, "TND" in step.text) == ("the finance officer", True)


def test_the_rate_that_is_confirmed_later_opens_the_comparison():
    asked = opened(answered())
    typed = typed_rate(asked.told, "TND", UNITS, month=asked.terms.rate_month)
    assert compare(asked.terms).awaited == ["TND"]
    confirm_rate(typed, by=asked.told.cast.finance[1])
    assert prices(asked)[IN_DINARS] == WORTH
    told = Notice.objects.filter(kind="quotes-comparable")
    assert {one.recipient for one in told} >= {asked.told.manager, asked.told.officer}


def test_a_corrected_rate_counts_until_a_quote_is_chosen_and_no_longer():
    asked = compared()
    told = asked.told
    found = QuoteRate.objects.get().rate
    right = correct_rate(
        found, units_per_euro=Decimal("3.5"), reason="A slip.", by=told.cast.finance[0]
    )
    assert compare(asked.terms).awaited == ["TND"]
    hear = {told.manager, told.officer, told.cast.coordinators[0], told.cast.finance[1]}
    assert _told("quotes-await-rate") >= hear
    assert told.cast.finance[0] not in _told("quotes-await-rate")
    confirm_rate(right, by=told.cast.finance[1])
    assert _told("quotes-comparable") >= {told.manager, told.officer}
    assert not _told("quotes-repriced")
    # 13,333.330 dinars at 3.5.
    assert prices(asked)[IN_DINARS] == Decimal("3809.52")
    marked(asked, best=IN_DINARS)
    choice = actions.choose_quote(asked.terms, quote_of(asked, IN_DINARS), by=told.manager)
    again = correct_rate(
        right, units_per_euro=Decimal("3.4"), reason="Again.", by=told.cast.finance[0]
    )
    confirm_rate(again, by=told.cast.finance[1])
    assert (prices(asked)[IN_DINARS], choice.amount) == (Decimal("3809.52"), Decimal("3809.52"))


def test_a_file_that_corrects_a_rate_says_that_prices_changed():
    asked = compared()
    told, month = asked.told, asked.terms.rate_month
    file = read_rate_file(
        BytesIO(f"currency;value;month\nTND;3.5;{month}\n".encode()),
        name="rates.csv",
        by=told.cast.finance[0],
    )
    take_rates_over(file, by=told.cast.finance[0])
    assert prices(asked)[IN_DINARS] == Decimal("3809.52")
    assert _told("quotes-repriced") >= {told.manager, told.officer}
    assert not _told("quotes-comparable") | _told("quotes-await-rate")


def test_a_choice_that_is_returned_to_an_awaited_rate_says_so():
    asked = compared()
    told = asked.told
    marked(asked, best=IN_DINARS)
    choice = actions.choose_quote(asked.terms, quote_of(asked, IN_DINARS), by=told.manager)
    correct_rate(
        QuoteRate.objects.get().rate,
        units_per_euro=Decimal("3.5"),
        reason="A slip.",
        by=told.cast.finance[0],
    )
    assert not _told("quotes-await-rate")
    actions.answer_choice(choice, is_confirmed=False, answer="The rate.", by=told.officer)
    assert compare(asked.terms).awaited == ["TND"]
    assert _told("quotes-await-rate") >= {*told.cast.finance, told.cast.coordinators[0]}
    # Who compares reads why nothing can be chosen.
    assert _told("quotes-await-rate") >= {told.manager, told.officer}


def _told(kind):
    return {one.recipient for one in Notice.objects.filter(kind=kind)}


def test_a_choice_that_is_returned_takes_what_was_corrected_meanwhile():
    asked = compared()
    told = asked.told
    marked(asked, best=IN_DINARS)
    choice = actions.choose_quote(asked.terms, quote_of(asked, IN_DINARS), by=told.manager)
    right = correct_rate(
        QuoteRate.objects.get().rate,
        units_per_euro=Decimal("3.5"),
        reason="A slip.",
        by=told.cast.finance[0],
    )
    confirm_rate(right, by=told.cast.finance[1])
    assert prices(asked)[IN_DINARS] == WORTH
    actions.answer_choice(choice, is_confirmed=False, answer="The rate.", by=told.officer)
    asked.fresh()
    assert prices(asked)[IN_DINARS] == Decimal("3809.52")
    # Both sides read that prices have changed since.
    assert _told("quotes-repriced") == {told.manager, told.officer}


def test_the_database_takes_no_other_rate_and_no_other_price():
    asked = compared()
    told = asked.told
    taken = QuoteRate.objects.get()
    facts = {
        "terms": asked.terms,
        "currency": "USD",
        "month": taken.month,
        "units_per_euro": Decimal(1),
        "rate": taken.rate,
        "taken_at": taken.taken_at,
    }
    with pytest.raises(IntegrityError, match="month of their"), transaction.atomic():
        QuoteRate.objects.create(**facts)
    with pytest.raises(IntegrityError, match="by itself"), transaction.atomic():
        QuoteRate.objects.all().delete()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        QuoteRate.objects.update(units_per_euro=Decimal(1))
    marked(asked, best=IN_DINARS)
    with pytest.raises(IntegrityError, match="keeps the price"), transaction.atomic():
        QuoteChoice.objects.create(
            terms=asked.terms,
            quote=quote_of(asked, IN_DINARS),
            amount=WORTH - Decimal("0.01"),
            rank=1,
            is_cheapest=True,
            chosen_by=told.manager,
        )
    # 4,500 units are fewer than 13,333 and still the dearer quote.
    with pytest.raises(IntegrityError, match="Another quote is cheaper"), transaction.atomic():
        QuoteChoice.objects.create(
            terms=asked.terms,
            quote=quote_of(asked, IN_EURO),
            amount=Decimal("4500.00"),
            rank=1,
            is_cheapest=True,
            chosen_by=told.manager,
        )


def test_what_comes_to_more_than_the_voucher_is_not_chosen():
    asked = asked_long_ago(tunisian())
    with on(noon(-3)):
        # Nobody knows yet what it comes to: it is taken.
        sent(asked, IN_DINARS, "1800.000", currency="TND")
        sent(asked, IN_EURO, "450.00")
        sent(asked, DEAR, "480.00")
        with pytest.raises(Refused, match="at most 5,000"):
            sent(asked, DEAR, "501.00")
    asked.fresh()
    of_its_month(asked)
    opened(asked)
    marked(asked, best=IN_DINARS)
    with pytest.raises(Refused, match="more than the voucher"):
        actions.choose_quote(
            asked.terms, quote_of(asked, IN_DINARS), by=asked.told.manager, reason="x"
        )


def test_what_comes_to_more_than_providers_were_told_is_not_chosen():
    asked = asked_long_ago(tunisian(), ceiling=Decimal("4900.00"))
    with on(noon(-3)):
        sent(asked, IN_DINARS, "1700.000", currency="TND")
        sent(asked, IN_EURO, "450.00")
        sent(asked, DEAR, "480.00")
    asked.fresh()
    of_its_month(asked)
    opened(asked)
    marked(asked, best=IN_DINARS)
    # Less than the voucher of 5,000.
    with pytest.raises(
        Refused, match=r"comes to 4,997\.21 EUR; the providers were told at most 4,900"
    ):
        actions.choose_quote(
            asked.terms, quote_of(asked, IN_DINARS), by=asked.told.manager, reason="x"
        )


def test_what_comes_to_nothing_in_euro_stops_nobody(client):
    asked = asked_long_ago(tunisian())
    with on(noon(-3)):
        with pytest.raises(Refused, match=r"add up to 0\.05 TND: write what"):
            sent(asked, IN_DINARS, "0.005", currency="TND")
        sent(asked, IN_DINARS, "0.100", currency="TND")
        sent(asked, IN_EURO, "450.00")
        sent(asked, DEAR, "480.00")
    asked.fresh()
    # One dinar is a third of a cent.
    of_its_month(asked, "300", confirmed=True)
    opened(asked)
    told = asked.told
    comparison = compare(asked.terms)
    assert [one.invitation.provider.name for one in comparison.unplaced] == [IN_DINARS]
    assert list(prices(asked)) == [IN_EURO, DEAR]
    marked(asked, best=IN_EURO)
    with pytest.raises(Refused, match="cannot be chosen"):
        actions.choose_quote(
            asked.terms, quote_of(asked, IN_DINARS), by=told.manager, reason="It is cheap."
        )
    with pytest.raises(IntegrityError, match="costs_something"), transaction.atomic():
        QuoteChoice.objects.create(
            terms=asked.terms,
            quote=quote_of(asked, IN_DINARS),
            amount=Decimal(0),
            rank=1,
            is_cheapest=True,
            chosen_by=told.manager,
        )
    # It is the cheapest of those that are compared: no reason is asked for.
    choice = actions.choose_quote(asked.terms, quote_of(asked, IN_EURO), by=told.manager)
    actions.answer_choice(choice, is_confirmed=True, answer="", by=told.officer)
    minutes = Document.objects.get(kind="minutes-of-quotes", language="en")
    assert minutes.facts["not_compared"] == [
        {"provider": IN_DINARS, "quoted": "1.000", "currency": "TND"}
    ]
    assert "it is not compared" in page_of_comparison(client, asked)
    assert client.get(reverse("quotes:compare_xlsx", args=[asked.terms.pk])).status_code == 200
