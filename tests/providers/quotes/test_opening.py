"""Quotes are opened by two people, after the deadline, with what the call asks for."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from conduct.actions import NotAllowed, Refused
from demonstration.clock import noon, on
from tests.people import person
from tests.providers.quotes.asking import (
    MARKER,
    NAMES,
    answered,
    asked_long_ago,
    asking,
    opened,
    sent,
)
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import QuoteOpening, TermsOfReference

pytestmark = pytest.mark.django_db


def test_nobody_opens_before_the_deadline():
    asked = asking()
    for name in NAMES:
        sent(asked, name)
    with pytest.raises(Refused, match="sealed until"):
        actions.call_opening(asked.terms, by=asked.told.officer)
    with pytest.raises(Refused, match="sealed until"):
        actions.open_quotes(asked.terms, by=asked.told.manager)


def test_one_person_alone_opens_nothing():
    asked = answered()
    with pytest.raises(Refused, match="first one announces"):
        actions.open_quotes(asked.terms, by=asked.told.manager)
    actions.call_opening(asked.terms, by=asked.told.officer)
    with pytest.raises(Refused, match="second one"):
        actions.open_quotes(asked.terms, by=asked.told.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteOpening.objects.create(
            terms=asked.terms,
            first_person=asked.told.officer,
            second_person=asked.told.officer,
            opened_at=timezone.now(),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        TermsOfReference.objects.update(state="opened")


def test_strangers_open_nothing():
    asked = answered()
    for stranger in (
        person(role="officer", country="MA"),
        person(role="auditor"),
        person(role="finance"),
    ):
        with pytest.raises(NotAllowed):
            actions.call_opening(asked.terms, by=stranger)


def test_the_record_says_by_whom_when_and_what_had_arrived_and_no_price():
    asked = opened()
    opening = QuoteOpening.objects.get()
    assert (opening.first_person, opening.second_person) == (asked.told.officer, asked.told.manager)
    assert [one["provider"] for one in opening.received] == list(NAMES)
    assert all(len(one["fingerprint"]) == 64 for one in opening.received)
    assert MARKER not in str(opening.received)
    assert "4000" not in str([one["provider"] for one in opening.received])
    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteOpening.objects.update(received=[])


def test_too_few_are_opened_by_a_derogation_alone():
    asked = asked_long_ago()
    with on(noon(-3)):
        sent(asked, NAMES[0])
        sent(asked, NAMES[1])
    asked.fresh()
    with pytest.raises(Refused, match="2 quotes arrived"):
        actions.call_opening(asked.terms, by=asked.told.officer)
    with pytest.raises(IntegrityError, match="Fewer quotes"), transaction.atomic():
        QuoteOpening.objects.create(
            terms=asked.terms,
            first_person=asked.told.officer,
            second_person=asked.told.manager,
            opened_at=timezone.now(),
        )
    derogation = actions.ask_for_derogation(
        asked.terms, least=2, reason="The third fell ill.", by=asked.told.manager
    )
    actions.answer_derogation(derogation, is_approved=True, answer="", by=asked.told.officer)
    actions.call_opening(asked.terms, by=asked.told.manager)
    actions.open_quotes(asked.terms, by=asked.told.cast.coordinators[0])
    assert asked.fresh().state == "opened"
