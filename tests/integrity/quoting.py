"""A request for quotes of which two are in dinars, opened, compared, and one of them chosen."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from demonstration.calls import open_call
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from demonstration.story import Story, VoucherStory
from tests.providers.quotes.asking import asked_long_ago, marked, quote_of, sent
from tests.providers.quotes.in_dinars import (
    DAILY,
    DEAR,
    IN_DINARS,
    IN_EURO,
    of_its_month,
    opened,
)
from vouchers.providers.quotes.actions import choose_quote
from vouchers.providers.quotes.models import QuoteRate


def what_was_quoted(cast: Cast) -> dict[str, object]:
    """The terms, with a ceiling of 4,900 EUR; the quote that was chosen, and one of 4,997.21 EUR."""
    asked = asked_long_ago(_tunisian_voucher(cast), ceiling=Decimal("4900.00"))
    with on(noon(-3)):
        sent(asked, IN_DINARS, DAILY, currency="TND")
        sent(asked, IN_EURO, "450.00")
        sent(asked, DEAR, "1700.000", currency="TND")
    asked.fresh()
    of_its_month(asked)
    opened(asked)
    marked(asked, best=IN_DINARS)
    quote = quote_of(asked, IN_DINARS)
    return {
        "terms": asked.terms,
        "quote": quote,
        "dear_quote": quote_of(asked, DEAR),
        "quote_rate": QuoteRate.objects.get(terms=asked.terms),
        "quote_choice": choose_quote(asked.terms, quote, by=asked.told.manager),
    }


def _tunisian_voucher(cast: Cast) -> VoucherStory:
    with on(noon(-60)):
        call = open_call(
            by=cast.coordinators[0],
            code="QUO",
            slug="quoted",
            opens=timezone.now(),
            deadline=noon(20),
            amount="5000.00",
            quotas={"TN": 1},
        )
    story, facts = Story(cast, call), made_up("TN", 1)
    with on(noon(-50)):
        application = story.check(story.apply(facts))
    with on(noon(-38)):
        story.score_fully(application, ("4", "4", "4"))
    call.refresh_from_db()
    with on(noon(-15)):
        story.select()
    with on(noon(-14)):
        voucher = story.accept(application)
    return VoucherStory(cast, voucher, facts, None, "EUR")
