"""Quotes in other currencies: written and sealed as every other, and what pages show of them."""

import re
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from conduct.actions import Refused
from tests.people import log_in
from tests.providers.quotes.asking import (
    NAMES,
    asking,
    offer,
    quote_of,
)
from tests.providers.quotes.in_dinars import (
    DAILY,
    IN_DINARS,
    IN_EURO,
    answered,
    chosen_in_dinars,
    compared,
    of_its_month,
    opened,
    page_of_comparison,
    tunisian,
)
from tests.providers.quotes.test_contracts import conclude
from vouchers.providers.quotes.models import Quote, QuoteLine, QuoteRate
from vouchers.providers.quotes.queries import compare
from vouchers.providers.quotes.queries.sealing import by_link
from vouchers.providers.quotes.wording import awaited_sentence

pytestmark = pytest.mark.django_db


def test_a_request_names_the_euro_and_the_money_of_its_country_as_the_call_does():
    assert asking(tunisian()).terms.currencies == ["EUR", "TND"]


def test_the_dinar_is_no_money_of_lebanon_and_its_pound_none_of_a_usual_call():
    assert asking().terms.currencies == ["EUR"]


def test_a_quote_in_another_currency_is_refused():
    asked = asking(tunisian())
    with pytest.raises(Refused, match="in USD: write all amounts in one of EUR · TND"):
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


def test_marks_wait_for_no_rate_and_are_kept(client):
    asked = opened(answered())
    told, url = asked.told, reverse("quotes:compare", args=[asked.terms.pk])
    log_in(client, told.manager)
    fields = re.findall(r'name="(mark-[^"]*)"', client.get(url).content.decode())
    grounds = asked.terms.grounds.exclude(kind="price").count()
    assert len(fields) == 3 * grounds
    assert client.post(url, dict.fromkeys(fields, "4.0")).status_code == 302
    page = client.get(url).content.decode()
    assert page.count('value="4.0" selected') == len(fields)
    choose = reverse("quotes:choose", args=[asked.terms.pk, quote_of(asked, IN_EURO).pk])
    assert choose not in page
    of_its_month(asked)
    assert compare(asked.terms).is_complete


def test_nothing_is_chosen_on_a_page_that_was_left_behind(client):
    asked = opened(answered())
    told, quote = asked.told, quote_of(asked, IN_DINARS)
    url = reverse("quotes:choose", args=[asked.terms.pk, quote.pk])
    log_in(client, told.manager)
    with translation.override(told.manager.language):
        waits = awaited_sentence(asked.terms, ["TND"])
    assert escape(waits) in client.get(url, follow=True).content.decode()
    page = client.post(url, {"reason": "It knows the fairs.", "seen": "3919.38"}).content.decode()
    assert escape(waits) in page
    assert "It knows the fairs." in page
    assert 'name="seen"' not in page


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
    blank = client.get(url).content.decode()
    assert "TND" in blank
    # The browser does not say that 12,500 is read as twelve thousand before a currency is chosen.
    assert 'data-number="unclear"' in blank
    page = client.post(url, typed(currency="USD")).content.decode()
    assert "cannot be in USD" in page
    assert 'value="400"' in page
    assert states(asked) == []
    # 1.500 is fifteen hundred or one and a half: where there are thousandths, it is asked.
    for currency in ("TND", "EUR"):
        typed_in = typed(currency=currency, **{"form-0-rate": "1,500"})
        page = client.post(url, typed_in).content.decode()
        assert "can be read in two ways" in page
        assert 'value="1,500"' in page
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
