"""The ceiling of a legal entity at award and at approval, and the exception that two people make."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from documents.models import Document
from tests.awards.deciding import proposed
from tests.making import voucher_story
from tests.payments.making import claim
from tests.people import log_in, person
from tests.screening.making import above_the_ceiling
from vouchers.awards.actions import approve_selection, publish_selection
from vouchers.awards.actions.ceilings import ask_for_override, decide_override
from vouchers.awards.models import Award, CeilingOverride
from vouchers.awards.queries.ceilings import ceiling_of
from vouchers.books.actions import take_in_earlier_money
from vouchers.payments import actions
from vouchers.payments.models import Claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("accepted 0")


@pytest.fixture
def application(told):
    return told.voucher.award.application


@pytest.fixture
def verified(told):
    return actions.verify_claim(claim(told._milestone(0), told.manager), by=told.officer)


def granted(told, application):
    override = ask_for_override(
        application, reason="Two regions in one association.", by=told.cast.finance[0]
    )
    return decide_override(
        override, granted=True, reason="The lead partner agrees.", by=told.cast.coordinators[0]
    )


def test_vouchers_and_earlier_money_are_counted_once(told, application):
    found = ceiling_of(application)
    assert (str(found.total), str(found.ceiling), found.stops) == ("5000.00", "60000.00", False)
    above_the_ceiling(told)
    found = ceiling_of(application)
    assert (str(found.total), found.is_exceeded, found.stops) == ("63000.00", True, True)


def test_no_claim_is_approved_above_it_until_two_people_have_said_so(told, application, verified):
    above_the_ceiling(told)
    coordinator = told.cast.coordinators[1]
    with pytest.raises(Refused, match="would receive more"):
        actions.approve_claim(verified, by=coordinator)
    with pytest.raises(IntegrityError, match="no more than its ceiling"), transaction.atomic():
        Claim.objects.filter(pk=verified.pk).update(
            state="approved", approved_by=coordinator, approved_at=timezone.now()
        )
    override = granted(told, application)
    assert (str(override.up_to), override.state) == ("63000.00", "granted")
    assert actions.approve_claim(verified, by=coordinator).state == "approved"


def test_more_than_was_granted_is_asked_for_anew(told, application, verified):
    above_the_ceiling(told)
    granted(told, application)
    above_the_ceiling(told, amount="2000.00")
    assert ceiling_of(application).stops
    with pytest.raises(Refused):
        actions.approve_claim(verified, by=told.cast.coordinators[1])


def test_it_is_asked_by_one_and_decided_by_another(told, application):
    finance, coordinator = told.cast.finance[0], told.cast.coordinators[0]
    with pytest.raises(OutOfOrder, match="nothing is to be asked"):
        ask_for_override(application, reason="More.", by=coordinator)
    above_the_ceiling(told)
    with pytest.raises(Refused, match="Say why"):
        ask_for_override(application, reason=" ", by=finance)
    override = ask_for_override(application, reason="Two regions.", by=coordinator)
    with pytest.raises(Refused, match="asked for an exception already"):
        ask_for_override(application, reason="Again.", by=finance)
    for stranger in (coordinator, finance, person(role="auditor")):
        with pytest.raises(NotAllowed):
            decide_override(override, granted=True, reason="Yes.", by=stranger)
    refused = decide_override(override, granted=False, reason="No.", by=told.cast.coordinators[1])
    assert (refused.state, ceiling_of(application).stops) == ("refused", True)
    with pytest.raises(OutOfOrder):
        decide_override(override, granted=True, reason="Yes.", by=told.cast.coordinators[1])


def test_a_selection_above_it_is_approved_once_two_people_have_said_so():
    story, proposal, _sent = proposed()
    first = proposal.decisions.get(outcome="award").application
    take_in_earlier_money(
        first.cluster,
        programme="An earlier round",
        received_on=date(2021, 3, 1),
        amount=Decimal("58000.00"),
        reason="Letter of the lead partner",
        by=story.cast.finance[0],
    )
    second = story.cast.coordinators[1]
    with pytest.raises(Refused, match=first.reference):
        approve_selection(proposal, by=second)
    override = ask_for_override(first, reason="Two regions.", by=story.cast.finance[0])
    decide_override(override, granted=True, reason="The lead partner agrees.", by=second)
    published = approve_selection(proposal, by=second)
    assert published.state == "published"
    minutes = Document.objects.get(kind="minutes", language="en")
    assert [one["reason"] for one in minutes.facts["exceptions"]] == ["Two regions."]


def test_no_award_is_offered_above_it_whoever_writes():
    story, proposal, _sent = proposed()
    first = proposal.decisions.get(outcome="award").application
    with on(noon(-15)):
        soon = timezone.now() + timedelta(hours=1)
        approve_selection(proposal, by=story.cast.coordinators[1], publish_at=soon)
    take_in_earlier_money(
        first.cluster,
        programme="An earlier round",
        received_on=date(2021, 3, 1),
        amount=Decimal("58000.00"),
        reason="Letter of the lead partner",
        by=story.cast.finance[0],
    )
    with pytest.raises(Refused, match="would receive more"):
        publish_selection(proposal, by=None)
    assert not Award.objects.exists()


def test_the_page_asks_and_decides(client, told, application):
    above_the_ceiling(told)
    url = reverse("awards:ceiling", args=[application.pk])
    log_in(client, told.cast.finance[0])
    page = client.get(url).content.decode()
    assert "above the ceiling" in page
    assert "history, of an earlier round" in page
    client.post(url, {"reason": "Two regions in one association."})
    override = CeilingOverride.objects.get()
    assert "decides next" in client.get(url).content.decode()
    log_in(client, told.cast.coordinators[0])
    assert url in client.get("/").content.decode()
    decide = reverse("awards:decide_ceiling", args=[override.pk])
    empty = client.post(decide, {"granted": "", "reason": "The lead partner agrees."})
    assert "Choose one of the two." in empty.content.decode()
    assert "The lead partner agrees." in empty.content.decode()
    client.post(decide, {"granted": "yes", "reason": "The lead partner agrees."})
    override.refresh_from_db()
    assert (override.state, override.decided_by) == ("granted", told.cast.coordinators[0])
    assert "allowed by two people" in client.get(url).content.decode()
    for stranger in (told.officer, told.manager):
        log_in(client, stranger)
        assert client.get(url).status_code == 404
        assert client.post(decide, {"granted": "no", "reason": "x"}).status_code == 404
