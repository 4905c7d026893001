"""Quotes of which one is in dinars, made by the portal's own actions."""

from decimal import Decimal

from django.urls import reverse

from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from tests.making import voucher_story
from tests.payments.making import rate
from tests.people import log_in
from tests.providers.quotes.asking import (
    NAMES,
    asked_long_ago,
    declare,
    marked,
    quote_of,
    sent,
)
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.queries import compare

IN_DINARS, IN_EURO, DEAR = NAMES
# 10 days are 13,333.330 TND, at this rate 3,919.38 EUR (3,919.3750…, half up).
DAILY, UNITS = "1333.333", "3.401900"
WORTH = Decimal("3919.38")


def tunisian():
    return voucher_story(facts=made_up("TN", 1), quotas={"TN": 2})


def answered(told=None, daily=DAILY):
    """Three quotes, one of them in dinars, before a deadline that was yesterday."""
    asked = asked_long_ago(told or tunisian())
    with on(noon(-3)):
        sent(asked, IN_DINARS, daily, currency="TND")
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


def chosen_in_dinars():
    asked = compared()
    marked(asked, best=IN_DINARS)
    choice = actions.choose_quote(asked.terms, quote_of(asked, IN_DINARS), by=asked.told.manager)
    actions.answer_choice(choice, is_confirmed=True, answer="", by=asked.told.officer)
    asked.fresh()
    return asked


def page_of_comparison(client, asked):
    log_in(client, asked.told.cast.coordinators[0])
    return client.get(reverse("quotes:compare", args=[asked.terms.pk])).content.decode()
