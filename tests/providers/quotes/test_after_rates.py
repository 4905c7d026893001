"""What a rate that changes, or is missing, leads people to."""

from __future__ import annotations

import pytest
from django.urls import reverse

from notices.models import Notice
from tests.people import log_in
from tests.providers.quotes.asking import marked, quote_of
from tests.providers.quotes.in_dinars import IN_DINARS, answered, compared, opened
from vouchers.providers.quotes import actions

pytestmark = pytest.mark.django_db


def test_a_choice_that_is_returned_at_the_same_rates_says_nothing_of_prices():
    asked = compared()
    marked(asked, best=IN_DINARS)
    choice = actions.choose_quote(asked.terms, quote_of(asked, IN_DINARS), by=asked.told.manager)
    actions.answer_choice(choice, is_confirmed=False, answer="Why?", by=asked.told.officer)
    assert not Notice.objects.filter(kind="quotes-repriced").exists()
    assert not Notice.objects.filter(kind="quotes-await-rate").exists()


def test_the_desk_leads_to_a_form_that_holds_currency_and_month(client):
    asked = opened(answered())
    finance = log_in(client, asked.told.cast.finance[0])
    month = asked.terms.rate_month
    address = f"{reverse('payments:rates')}?currency=TND&month={month}"
    home = finance.get("/").content.decode()
    assert f'href="{address}#enter"'.replace("&", "&amp;") in home
    form = finance.get(address).context["form"]
    assert (form["currency"].value(), form["month"].value()) == ("TND", month)
    assert 'id="enter"' in finance.get(address).content.decode()
    # What is no currency and no month begins nothing.
    form = finance.get(reverse("payments:rates"), {"currency": "XXX", "month": "soon"}).context[
        "form"
    ]
    assert (form["currency"].value(), form["month"].value()) == (None, None)
