"""Quotes in other currencies: sealed as every other, compared at one rate, contracted as quoted."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from conduct.actions import OutOfOrder, Refused
from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from documents.models import Document
from notices.models import Notice
from tests.making import voucher_story
from tests.payments.making import rate, typed_rate
from tests.people import log_in
from tests.providers.quotes.asking import (
    NAMES,
    asked_long_ago,
    asking,
    declare,
    marked,
    offer,
    quote_of,
    sent,
)
from tests.providers.quotes.test_contracts import conclude
from vouchers.payments.actions import confirm_rate, correct_rate
from vouchers.providers.contracts.models import Contract, ContractLine
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import Quote, QuoteChoice, QuoteLine, QuoteRate
from vouchers.providers.quotes.queries import compare
from vouchers.providers.quotes.queries.sealing import by_link
from vouchers.providers.quotes.steps import quotes_steps

pytestmark = pytest.mark.django_db

IN_DINARS, IN_EURO, DEAR = NAMES
# 10 days are 13,333.330 TND, at this rate 3,919.38 EUR (3,919.3750…, half up).
DAILY, UNITS = "1333.333", "3.401900"
WORTH = Decimal("3919.38")


def tunisian():
    return voucher_story(facts=made_up("TN", 1), quotas={"TN": 2})


def answered(told=None):
    """Three quotes, one of them in dinars, before a deadline that was yesterday."""
    asked = asked_long_ago(told or tunisian())
    with on(noon(-3)):
        sent(asked, IN_DINARS, DAILY, currency="TND")
        sent(asked, IN_EURO, "450.00")
        sent(asked, DEAR, "480.00")
    asked.fresh()
    return asked


def opened(asked):
    actions.call_opening(asked.terms, by=asked.told.officer)
    actions.open_quotes(asked.terms, by=asked.told.manager)
    asked.fresh()
    declare(asked, asked.told.manager, asked.told.officer)
    return asked


def of_its_month(asked, units=UNITS, **more):
    """The rate of the dinar in the month of the deadline, which counts."""
    return rate(asked.told, "TND", units, month=asked.terms.rate_month, **more)


def compared():
    asked = answered()
    of_its_month(asked)
    return opened(asked)


def prices(asked):
    return {
        one.quote.invitation.provider.name: one.place.price for one in compare(asked.terms).quotes
    }


def test_a_request_names_the_euro_and_the_money_of_its_country_as_the_call_does():
    assert asking(tunisian()).terms.currencies == ["EUR", "TND"]


def test_the_dinar_is_no_money_of_lebanon_and_its_pound_none_of_a_usual_call():
    assert asking().terms.currencies == ["EUR"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "cannot be in USD: write all amounts in one of EUR · TND"),
        ("fr", "USD"),
        ("ar", "USD"),
    ],
)
def test_a_quote_in_another_currency_is_refused(language, sentence):
    asked = asking(tunisian())
    with translation.override(language), pytest.raises(Refused, match=sentence):
        offer(asked, IN_DINARS, currency="USD")
    with pytest.raises(IntegrityError, match="one of the currencies"), transaction.atomic():
        with by_link(asked.links[IN_DINARS]):
            Quote.objects.create(invitation=asked.invitation(IN_DINARS), version=1, currency="USD")


def test_amounts_have_the_decimals_of_their_currency():
    asked = asking(tunisian())
    offer(asked, IN_DINARS, DAILY, days="2.25", currency="TND")
    with by_link(asked.links[IN_DINARS]):
        # 2,999.99925 dinars.
        assert QuoteLine.objects.get().amount == Decimal("2999.999")
    with pytest.raises(Refused, match="at most 2 decimals"):
        offer(asked, IN_EURO, DAILY)
    with pytest.raises(Refused, match="at most 3 decimals"):
        offer(asked, IN_DINARS, "1.2345", currency="TND")
    # Another currency with other lines.
    offer(asked, IN_DINARS, "400.00", currency="EUR")
    with by_link(asked.links[IN_DINARS]):
        for change in ({"amount": Decimal("4000.001")}, {"rate": Decimal("400.001")}):
            with pytest.raises(IntegrityError, match="in the decimals"), transaction.atomic():
                QuoteLine.objects.update(**change)
        with pytest.raises(IntegrityError, match="in its currency"), transaction.atomic():
            Quote.objects.update(currency="TND")


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
    with pytest.raises(OutOfOrder, match="once the exchange rate of TND"):
        actions.mark_quotes(asked.terms, [], by=told.manager)
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
    assert "4" not in waiting.first().facts["currencies"]
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
    confirm_rate(right, by=told.cast.finance[1])
    # 13,333.330 dinars at 3.5.
    assert prices(asked)[IN_DINARS] == Decimal("3809.52")
    marked(asked, best=IN_DINARS)
    choice = actions.choose_quote(asked.terms, quote_of(asked, IN_DINARS), by=told.manager)
    again = correct_rate(
        right, units_per_euro=Decimal("3.4"), reason="Again.", by=told.cast.finance[0]
    )
    confirm_rate(again, by=told.cast.finance[1])
    assert (prices(asked)[IN_DINARS], choice.amount) == (Decimal("3809.52"), Decimal("3809.52"))


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


def test_what_comes_to_more_than_providers_were_told_is_not_chosen():
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


def chosen_in_dinars():
    asked = compared()
    marked(asked, best=IN_DINARS)
    choice = actions.choose_quote(asked.terms, quote_of(asked, IN_DINARS), by=asked.told.manager)
    actions.answer_choice(choice, is_confirmed=True, answer="", by=asked.told.officer)
    asked.fresh()
    return asked


def test_the_contract_is_in_the_money_of_the_quote_and_counts_in_euro():
    asked = chosen_in_dinars()
    with pytest.raises(Refused, match=r"the chosen quote was 13,333\.33"):
        conclude(asked, rate="1333.334")
    contract = conclude(asked, rate=DAILY)
    assert (contract.currency, contract.total, contract.amount) == (
        "TND",
        Decimal("13333.330"),
        WORTH,
    )
    minutes = Document.objects.get(kind="minutes-of-quotes", language="fr").facts
    assert [one["units_per_euro"] for one in minutes["rates"]] == [UNITS]
    assert minutes["quotes"][0]["quoted"] == "13333.330"


def test_the_database_holds_a_contract_to_its_currency_and_its_rate():
    asked = chosen_in_dinars()
    contract = conclude(asked, rate=DAILY)
    facts = {
        field.attname: getattr(contract, field.attname)
        for field in Contract._meta.concrete_fields
        if field.name != "id"
    }
    for change in ({"currency": "EUR"}, {"total": Decimal("13333.331")}):
        with (
            pytest.raises(IntegrityError, match="follows a confirmed choice"),
            transaction.atomic(),
        ):
            Contract.objects.create(**{**facts, **change})
    with pytest.raises(IntegrityError, match="in the decimals"), transaction.atomic():
        ContractLine.objects.create(
            contract=contract,
            position=2,
            kind="days",
            text="More",
            days=Decimal("2.25"),
            rate=Decimal("0.003"),
            amount=Decimal("0.006"),
        )


def page_of_comparison(client, asked):
    log_in(client, asked.told.cast.coordinators[0])
    return client.get(reverse("quotes:compare", args=[asked.terms.pk])).content.decode()


def test_the_page_shows_what_was_quoted_and_what_it_comes_to(client):
    asked = compared()
    page = page_of_comparison(client, asked)
    for shown in ("13,333.33", "3,919.38", "3.4019", "InforEuro", "month of the deadline"):
        assert shown in page
    table = client.get(reverse("quotes:compare_xlsx", args=[asked.terms.pk]))
    assert table.status_code == 200


def test_the_page_says_for_which_rate_it_waits_and_shows_the_quotes(client):
    asked = opened(answered())
    page = page_of_comparison(client, asked)
    assert "once the exchange rate of TND" in page
    assert "13,333.33" in page
    log_in(client, asked.told.officer)
    page = client.get(reverse("quotes:compare", args=[asked.terms.pk])).content.decode()
    assert 'name="mark-' not in page


def test_the_contract_shows_both(client):
    asked = chosen_in_dinars()
    contract = conclude(asked, rate=DAILY)
    log_in(client, asked.told.cast.coordinators[0])
    page = client.get(contract.get_absolute_url()).content.decode()
    for shown in ("13,333.33", "3,919.38", "3.4019"):
        assert shown in page


def test_a_provider_reads_beside_the_field_which_currencies_there_are(client):
    from tests.providers.quotes.test_pages import by_own_link, states, typed

    asked = asking(tunisian())
    url = by_own_link(asked, client)
    assert "TND" in client.get(url).content.decode()
    page = client.post(url, typed(currency="USD")).content.decode()
    assert "cannot be in USD" in page
    assert 'value="400"' in page
    assert states(asked) == []
    # 1.500 is fifteen hundred or one and a half: where there are thousandths, it is asked.
    page = client.post(url, typed(currency="TND", **{"form-0-rate": "1,500"})).content.decode()
    assert states(asked) == []
    client.post(url, typed(currency="TND", **{"form-0-rate": "1500,250"}))
    with by_link(asked.links[NAMES[0]]):
        assert Quote.objects.get().total == Decimal("15002.500")


def test_nothing_tells_of_a_currency_before_the_opening(client):
    asked = answered()
    of_its_month(asked)
    assert not QuoteRate.objects.exists()
    assert not Quote.objects.exists()
    for who in (asked.told.officer, asked.told.manager, asked.told.cast.coordinators[0]):
        log_in(client, who)
        page = client.get(asked.terms.get_absolute_url()).content.decode()
        assert "13,333" not in page
        assert "3.4019" not in page
