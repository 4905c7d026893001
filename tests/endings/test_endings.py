"""Vouchers that end early: given up or ended by two people, what is payable, what is released."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from documents.models import Document
from notices.models import Notice
from tests.endings.making import WHY, ahead, asked, coordinators, ended, noticed, proposed, rules
from tests.making import voucher_story
from tests.people import log_in
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call
from vouchers.endings import actions
from vouchers.endings.models import Ending
from vouchers.endings.tasks import carry_out_endings

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("accepted 0")


def given_up(told, days=30, **more):
    said = {"ends_on": ahead(days), "reason": WHY, "by": told.manager, **more}
    return actions.give_up_voucher(told.voucher, **said)


def committed() -> Decimal:
    return Call.objects.get().committed


# --- Notice ---------------------------------------------------------------------------------------
def test_a_manager_gives_up_and_the_notice_runs_with_letter_and_notices(told):
    ending = given_up(told)
    assert (ending.state, ending.ends_on) == ("notice", ahead(30))
    assert ending.claims_until == ahead(60)
    assert Voucher.objects.get().state == "active"
    assert Document.objects.filter(kind="ending-notice").count() == 3
    assert Notice.objects.filter(recipient=told.officer, kind="voucher-end-noticed").exists()
    letter = Document.objects.get(kind="ending-notice", language="en")
    assert [one["amount"] for one in letter.facts["payable"]] == ["3000.00"]
    assert letter.facts["released"] == "2000.00"


def test_the_programme_ends_it_with_two_people_and_the_second_coordinates(told):
    ending = proposed(told.voucher, by=told.officer)
    assert (ending.state, Voucher.objects.get().state) == ("proposed", "active")
    for person in (told.officer, told.manager, told.cast.finance[0]):
        with pytest.raises(NotAllowed):
            actions.decide_ending(ending, by=person)
    assert actions.decide_ending(ending, by=coordinators()[0]).state == "notice"


def test_nobody_decides_on_their_own_proposal(told):
    ending = proposed(told.voucher, by=coordinators()[0])
    with pytest.raises(NotAllowed, match="you proposed it yourself"):
        actions.decide_ending(ending, by=coordinators()[0])
    with pytest.raises(NotAllowed, match="you proposed it yourself"):
        actions.refuse_ending(ending, reason="It goes on.", by=coordinators()[0])
    with (
        pytest.raises(IntegrityError, match="four_eyes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE vouchers_ending SET state = 'notice', decided_by_id = proposed_by_id,"
            " decided_at = now(), notice_at = now(), claims_until = ends_on + 30"
        )


def test_a_late_decision_still_gives_the_whole_notice(told):
    ending = proposed(told.voucher, days=30)
    with on(noon(10)):
        ending = actions.decide_ending(ending, by=coordinators()[1])
        assert ending.ends_on == ahead(30)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (lambda voucher: voucher.valid_from - timedelta(days=1), "starts on"),
        (lambda voucher: ahead(-1), "is past"),
        (lambda voucher: ahead(29), "notice must run"),
        (lambda voucher: voucher.valid_until + timedelta(days=1), "The last day"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field(told, day, sentence):
    for attempt, by in (
        (actions.give_up_voucher, told.manager),
        (actions.propose_ending, told.officer),
    ):
        with pytest.raises(Refused, match=sentence) as refused:
            attempt(told.voucher, ends_on=day(told.voucher), reason=WHY, by=by)
        assert refused.value.field == "ends_on"


@pytest.mark.parametrize("reason", ["", "   ", "\n "])
def test_an_end_says_why(told, reason):
    with pytest.raises(Refused) as refused:
        given_up(told, reason=reason)
    assert refused.value.field == "reason"


def test_one_end_is_under_way_at_a_time(told):
    proposed(told.voucher)
    with pytest.raises(Refused, match="under way already"):
        given_up(told)


def test_it_is_revoked_until_the_day_comes_and_not_on_it(told):
    ending = given_up(told)
    with pytest.raises(Refused, match="Say why"):
        actions.revoke_ending(ending, reason="  ", by=told.manager)
    with on(noon(30)), pytest.raises(OutOfOrder, match="The day has come"):
        actions.revoke_ending(ending, reason="We go on.", by=told.manager)
    with on(noon(29)):
        actions.revoke_ending(ending, reason="We go on.", by=told.manager)
    with on(noon(31)):
        assert carry_out_endings() == 0
    assert Voucher.objects.get().state == "active"
    assert asked(told).state == "asked"


def test_a_cluster_does_not_revoke_what_the_programme_decided(told):
    ending = noticed(told.voucher)
    for person in (told.manager, told.officer):
        with pytest.raises(NotAllowed):
            actions.revoke_ending(ending, reason="We go on.", by=person)
    assert actions.revoke_ending(ending, reason="They go on.", by=coordinators()[0])


# --- Pages ----------------------------------------------------------------------------------------
def test_the_pages_of_who_gives_up_and_of_who_decides(client, told):
    rules(notice_days=10)
    log_in(client, told.manager)
    address = reverse("endings:end", args=[told.voucher.pk])
    assert address in client.get(told.voucher.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert "3,000.00" in page
    assert "2,000.00" in page
    wrong = client.post(address, {"ends_on": ahead(9).isoformat(), "reason": "We merge."})
    assert set(wrong.context["form"].errors) == {"ends_on"}
    assert "We merge." in wrong.content.decode()
    client.post(address, {"ends_on": ahead(10).isoformat(), "reason": "We merge."})
    ending = Ending.objects.get()
    page = client.get(ending.get_absolute_url()).content.decode()
    assert reverse("endings:revoke", args=[ending.pk]) in page
    log_in(client, told.cast.officer("MA"))
    assert client.get(ending.get_absolute_url()).status_code == 404


def test_a_proposal_waits_for_another_coordinator(client, told):
    ending = proposed(told.voucher, by=coordinators()[0])
    decide = reverse("endings:decide", args=[ending.pk])
    log_in(client, coordinators()[0])
    assert decide not in client.get(ending.get_absolute_url()).content.decode()
    assert ending.get_absolute_url() not in client.get(reverse("dashboards:home")).content.decode()
    log_in(client, coordinators()[1])
    assert ending.get_absolute_url() in client.get(reverse("dashboards:home")).content.decode()
    assert decide in client.get(ending.get_absolute_url()).content.decode()
    pages = (told.voucher.get_absolute_url(), ending.get_absolute_url())
    for page in pages:
        html = client.get(page).content.decode()
        assert "proposed for the programme" in html
        assert "ended by the programme" not in html
    client.post(decide)
    assert Ending.objects.get().state == "notice"
    for page in pages:
        assert "ended by the programme" in client.get(page).content.decode()


def test_the_cluster_finds_the_claim_of_what_was_accepted_on_the_ended_voucher(client, told):
    given_up(told)
    with on(noon(30)):
        carry_out_endings()
        log_in(client, told.manager)
        page = client.get(told.voucher.get_absolute_url()).content.decode()
        assert reverse("payments:submit", args=[told.voucher.pk]) in page
        assert reverse("deliverables:hand_in", args=[told._milestone(1).pk]) not in page


def test_the_list_of_vouchers_is_narrowed_by_how_they_ended(client, told):
    ended(told.voucher)
    log_in(client, coordinators()[0])
    address = reverse("dashboards:vouchers")
    kind = told.voucher.endings.get().kind
    for which, _label in Ending.Kind.choices:
        found = client.get(address, {"ending": which}).content.decode()
        assert (told.voucher.reference in found) == (which == kind)
    proposed = client.get(address, {"ending": "proposed"}).content.decode()
    assert told.voucher.reference not in proposed
