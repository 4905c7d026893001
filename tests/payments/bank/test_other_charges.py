"""What the bank kept of a payment in another currency: a person finds out what that was."""

from __future__ import annotations

import pytest

from tests.payments.bank.making import booked, confirmed, said, taken
from tests.payments.bank.test_taking_in import of, whys
from tests.payments.ledger.making import the_books_hold
from tests.people import log_in
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import LineMatch, StatementLine

pytestmark = pytest.mark.django_db


def test_a_charge_in_another_currency_waits_for_a_person(client, twice, batch):
    """The identifier and the amount are right: yet what the bank kept of it, the ledger cannot say."""
    first, second = of(batch)
    charge = b'<Chrgs><Rcrd><Amt Ccy="USD">0.40</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>'
    content = said(booked(first, 1), booked(second, 2))
    taken(content.replace(b"<NtryDtls>", charge + b"<NtryDtls>", 1), twice)
    assert whys() == ["charged"]
    line = StatementLine.objects.get(set_asides__why="charged")
    log_in(client, twice.cast.finance[1])
    page = client.get(line.get_absolute_url()).content.decode()
    assert "The bank took a charge within it in another currency" in page
    # The list says as well what the figure is.
    listed = client.get(line.statement.get_absolute_url()).content.decode()
    assert "in another currency than the account’s, or gave one back: 0.40 USD" in listed
    assert "0.40 USD" in page
    # A person says what it is; the other payment was proposed as ever.
    actions.match_line(line, first, by=twice.cast.finance[1])
    confirmed(twice)
    assert LineMatch.objects.count() == 2
    the_books_hold()
