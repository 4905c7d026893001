"""No quote of nothing is sent, whoever writes it: PostgreSQL holds it too."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from conduct.actions import Refused
from tests.providers.quotes.asking import NAMES, asking, offer
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.actions import OfferedLine
from vouchers.providers.quotes.models import Quote
from vouchers.providers.quotes.models.quotes import LineKind
from vouchers.providers.quotes.queries.sealing import by_link

pytestmark = pytest.mark.django_db

LITTLE = [OfferedLine(LineKind.FIXED, "A stamp", amount=Decimal("0.99"))]


@pytest.mark.parametrize("lines", [None, LITTLE])
def test_a_quote_has_a_line_and_comes_to_at_least_one_of_its_currency(lines):
    asked = asking()
    name = NAMES[0]
    link = asked.links[name]
    offer(asked, name, lines=lines or LITTLE)
    with by_link(link):
        quote = Quote.objects.get()
        if lines is None:
            quote.lines.all().delete()
    with pytest.raises(Refused, match=r"say what it costs|what the work costs"):
        actions.send_quote(asked.invitation(name), link=link)
    with (
        by_link(link),
        pytest.raises(IntegrityError, match=r"come to at least one"),
        transaction.atomic(),
    ):
        Quote.objects.filter(pk=quote.pk).update(
            state="sent", sent_at=quote.saved_at, fingerprint="f" * 64
        )
