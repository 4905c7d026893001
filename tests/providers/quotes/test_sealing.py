"""Quotes are unreadable before they are opened: the database gives none to anybody but their own link."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from conduct.actions import Refused
from conduct.models.owning import roles_are_apart
from demonstration.clock import noon, on
from tests.providers.quotes.asking import (
    MARKER,
    NAMES,
    answered,
    asking,
    offer,
    opened,
    sent,
)
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import Quote, QuoteFile, QuoteLine, QuoteLink, QuoteOpening
from vouchers.providers.quotes.queries import compare, opened_quotes
from vouchers.providers.quotes.queries.sealing import by_link

pytestmark = pytest.mark.django_db

SEALED = (Quote, QuoteLine, QuoteFile)


def test_no_query_reads_a_quote_before_it_is_opened_not_even_one_of_the_table():
    assert roles_are_apart()
    asked = answered()
    for model in SEALED:
        assert not model.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            assert cursor.fetchone() == (0,)
    assert not opened_quotes(asked.terms).exists()
    assert not compare(asked.terms).quotes
    # All that is told: how many arrived.
    assert asked.terms.answers == 3


def test_a_provider_reads_its_own_quote_by_its_link_and_no_other():
    asked = answered()
    with by_link(asked.links[NAMES[0]]):
        assert [quote.invitation.provider.name for quote in Quote.objects.all()] == [NAMES[0]]
        assert MARKER in QuoteLine.objects.get().text
    assert not Quote.objects.exists()
    with by_link("something else"):
        assert not Quote.objects.exists()


def test_what_the_database_keeps_of_a_link_opens_nothing():
    asked = answered()
    with by_link(QuoteLink.objects.get(invitation=asked.invitation(NAMES[0])).digest):
        assert not Quote.objects.exists()


def test_nobody_writes_a_quote_but_by_the_link():
    asked = asking()
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Quote.objects.create(invitation=asked.invitation(NAMES[0]), version=1)
    sent(asked, NAMES[0])
    # Neither is one changed or taken away: nothing is found to be.
    assert Quote.objects.update(approach="x") == 0
    assert Quote.objects.all().delete()[0] == 0
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        with by_link(asked.links[NAMES[0]]):
            Quote.objects.create(invitation=asked.invitation(NAMES[1]), version=1)


def test_the_seal_is_what_hides_them(monkeypatch):
    """Broken on purpose: without the policies, the tables would give everything."""
    answered()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity FROM pg_class WHERE relname = ANY(%s)",
            [[model._meta.db_table for model in SEALED]],
        )
        assert cursor.fetchall() == [(True,)] * 3


def test_once_opened_only_what_stood_is_read():
    asked = answered()
    assert not Quote.objects.exists()
    actions.call_opening(asked.terms, by=asked.told.officer)
    actions.open_quotes(asked.terms, by=asked.told.manager)
    assert Quote.objects.count() == 3
    assert {line.quote.invitation.provider.name for line in QuoteLine.objects.all()} == set(NAMES)


def test_a_draft_that_was_not_sent_and_a_version_that_was_replaced_stay_sealed():
    asked = answered(())
    with on(noon(-4)):
        sent(asked, NAMES[0], "500.00")
        sent(asked, NAMES[0], "410.00")
        sent(asked, NAMES[1])
        sent(asked, NAMES[2])
        actions.revise_quote(asked.invitation(NAMES[1]), link=asked.links[NAMES[1]])
        actions.withdraw_quote(asked.invitation(NAMES[2]), link=asked.links[NAMES[2]])
        sent(asked, NAMES[2], "499.00")
    actions.call_opening(asked.terms, by=asked.told.officer)
    actions.open_quotes(asked.terms, by=asked.told.manager)
    read = {(q.invitation.provider.name, q.version, q.state) for q in Quote.objects.all()}
    assert read == {(NAMES[0], 2, "sent"), (NAMES[1], 1, "sent"), (NAMES[2], 2, "sent")}


def test_nothing_is_added_after_the_opening():
    asked = opened()
    with pytest.raises(Refused):
        offer(asked, NAMES[0])
    with pytest.raises(IntegrityError), transaction.atomic(), by_link(asked.links[NAMES[0]]):
        Quote.objects.create(invitation=asked.invitation(NAMES[0]), version=9)


def test_no_opening_is_recorded_before_the_deadline_whatever_clock_is_told():
    asked = asking()
    for name in NAMES:
        sent(asked, name)
    with on(noon(30)), pytest.raises(IntegrityError), transaction.atomic():
        QuoteOpening.objects.create(
            terms=asked.terms,
            first_person=asked.told.officer,
            second_person=asked.told.manager,
            opened_at=noon(30),
        )
    assert not Quote.objects.exists()
