"""A voucher that rests: nothing is written for it, nobody is late, and it goes on."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from documents.models import Document
from notices.models import Notice
from tests.assistance.delivery.session import logged
from tests.endings.making import WHY, ahead, coordinators, extended
from tests.making import pdf, voucher_story
from tests.payments.making import claim
from tests.people import log_in
from vouchers.assistance.deliverables.actions import hand_in_deliverable
from vouchers.awards.models import Voucher
from vouchers.endings import actions
from vouchers.endings.models import Suspension
from vouchers.endings.tasks import watch_vouchers
from vouchers.standing.actions import judge_outdated, judged_now
from vouchers.standing.queries.facts import facts_of
from vouchers.standing.rules import causes_of, reminders_of, turns_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("accepted 0")


def suspend(told, days=20, *, by=None, reason=WHY):
    return actions.suspend_voucher(
        told.voucher, review_on=ahead(days), reason=reason, by=by or told.officer
    )


def test_it_is_suspended_with_letter_and_notice_and_resumed_the_same_way(told):
    suspend(told)
    voucher = Voucher.objects.get()
    assert voucher.state == "suspended"
    assert Document.objects.filter(kind="suspension").count() == 3
    assert Notice.objects.filter(recipient=told.manager, kind="voucher-suspended").exists()
    actions.resume_voucher(voucher, by=coordinators()[0])
    assert Voucher.objects.get().state == "active"
    assert Document.objects.filter(kind="resumption").count() == 3
    assert Notice.objects.filter(recipient=told.manager, kind="voucher-resumed").exists()


def test_meanwhile_nothing_is_worked_handed_in_or_claimed(told):
    suspend(told)
    milestone = told._milestone(1)
    for attempt in (
        lambda: logged(told, 0),
        lambda: hand_in_deliverable(milestone, summary="Here", uploads=[pdf()], by=told.manager),
        lambda: claim(told._milestone(0), told.manager),
    ):
        with pytest.raises(OutOfOrder, match="“suspended”"):
            attempt()
    actions.resume_voucher(told.voucher, by=told.officer)
    assert claim(told._milestone(0), told.manager).state == "submitted"


def test_nor_is_a_day_of_it_worked_for_later(told):
    with on(noon(-5)):
        suspend(told)
    with on(noon(-2)):
        actions.resume_voucher(told.voucher, by=told.officer)
    with pytest.raises(Refused, match="was suspended on this day") as refused:
        logged(told, 4)
    assert refused.value.field == "day"
    with pytest.raises(Refused, match="was suspended on this day"):
        logged(told, 5)
    assert logged(told, 2).state == "logged"


@pytest.mark.parametrize("table", ["deliverable", "claim"])
def test_the_database_refuses_it_too(told, table):
    """A row like one that stood before, written behind the back of the actions."""
    if table == "claim":
        claim(told._milestone(0), told.manager)
    suspend(told)
    sentence = "suspended" if table == "deliverable" else "while it is active"
    emptied = ("cluster_accepted_by_id", "cluster_accepted_at", "accepted_by_id", "accepted_at")
    row = {"id": 999999, "state": "submitted", **dict.fromkeys(emptied)}
    with (
        pytest.raises(IntegrityError, match=sentence),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO vouchers_{table} SELECT (jsonb_populate_record(found, %s)).*"
            f" FROM vouchers_{table} found LIMIT 1",
            [json.dumps(row)],
        )


def test_nobody_is_waited_for_and_nothing_is_late(told):
    suspend(told)
    facts = facts_of([told.voucher.pk])[told.voucher.pk]
    assert (turns_of(facts), causes_of(facts), reminders_of(facts)) == ((), (), ())
    standing = judged_now(Voucher.objects.get())
    assert (standing.party, standing.stage) == ("", "delivery")


def test_the_days_of_rest_do_not_count_afterwards(told):
    with on(noon(1)):
        waited = turns_of(facts_of([told.voucher.pk])[told.voucher.pk])
        suspend(told)
    with on(noon(16)):
        actions.resume_voucher(told.voucher, by=told.officer)
        facts = facts_of([told.voucher.pk])[told.voucher.pk]
        since = next(turn.since for turn in waited if turn.task == "claim")
        assert facts.days_since(since) == (facts.today - since).days - 15


def test_on_its_day_it_comes_up_again_once(told, client):
    suspension = suspend(told, 3)
    assert watch_vouchers() == 0
    with on(noon(3)):
        assert watch_vouchers() == 1
        assert watch_vouchers() == 0
    told_of_it = Notice.objects.filter(kind="voucher-suspension-over")
    assert set(told_of_it.values_list("recipient", flat=True)) == {
        told.officer.pk,
        *(person.pk for person in coordinators()),
    }
    assert suspension.resumed_on is None
    with on(noon(3)):
        log_in(client, told.officer)
        page = client.get(reverse("dashboards:home")).content.decode()
    assert "Suspended vouchers: look at them again" in page


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (lambda voucher: voucher.valid_from - timedelta(days=1), "starts on"),
        (lambda voucher: ahead(-1), "is past"),
        (lambda voucher: ahead(0), "after today"),
        (lambda voucher: voucher.valid_until + timedelta(days=1), "The last day"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field(told, day, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        actions.suspend_voucher(
            told.voucher, review_on=day(told.voucher), reason=WHY, by=told.officer
        )
    assert refused.value.field == "review_on"


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_suspension_says_why(told, reason):
    with pytest.raises(Refused) as refused:
        suspend(told, reason=reason)
    assert refused.value.field == "reason"


def test_only_who_looks_after_the_voucher_suspends_and_resumes_it(told):
    strangers = (told.manager, told.cast.officer("MA"), told.cast.finance[0])
    for person in strangers:
        with pytest.raises(NotAllowed):
            suspend(told, by=person)
    suspend(told)
    for person in strangers:
        with pytest.raises(NotAllowed):
            actions.resume_voucher(told.voucher, by=person)


def test_twice_is_once(told):
    suspend(told)
    with pytest.raises(OutOfOrder, match="suspended"):
        suspend(told)
    actions.resume_voucher(told.voucher, by=told.officer)
    with pytest.raises(OutOfOrder, match="active"):
        actions.resume_voucher(told.voucher, by=told.officer)
    assert Suspension.objects.count() == 1


def test_more_time_may_be_asked_for_meanwhile(told):
    suspend(told)
    extended(told.voucher)
    assert Voucher.objects.get().valid_until == told.voucher.valid_until + timedelta(days=30)


def test_the_pages_say_so(client, told):
    log_in(client, told.officer)
    address = reverse("endings:suspend", args=[told.voucher.pk])
    assert address in client.get(told.voucher.get_absolute_url()).content.decode()
    answer = client.post(address, {"review_on": "yesterday", "reason": "We wait."})
    assert set(answer.context["form"].errors) == {"review_on"}
    assert "We wait." in answer.content.decode()
    client.post(address, {"review_on": ahead(9).isoformat(), "reason": "We wait."})
    page = client.get(told.voucher.get_absolute_url()).content.decode()
    assert reverse("endings:resume", args=[told.voucher.pk]) in page
    assert "We wait." in page
    log_in(client, told.manager)
    page = client.get(told.voucher.get_absolute_url()).content.decode()
    assert reverse("endings:resume", args=[told.voucher.pk]) not in page
    assert reverse("deliverables:hand_in", args=[told._milestone(1).pk]) not in page


def test_the_cluster_finds_its_suspended_voucher_on_its_home(client, told):
    suspend(told)
    log_in(client, told.manager)
    page = client.get(reverse("dashboards:home")).content.decode()
    assert "The voucher is suspended." in page


def test_a_suspended_voucher_has_no_light_in_the_list_nor_in_its_file(client, told):
    log_in(client, told.cast.coordinators[0])
    address = reverse("dashboards:vouchers")

    def light():
        file = b"".join(client.get(address, {"export": "csv"}).streaming_content)
        (line,) = csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
        return line["light"]

    judge_outdated()
    assert light() == "amber"
    suspend(told)
    judge_outdated()
    assert light() == ""
    assert "light-amber" not in client.get(address).content.decode()
