"""What the history tells of one action: who is not named, of how many it was one, every field."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pghistory
import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from conduct.actions import action
from conduct.models import Trace
from conduct.queries.history import Change
from dashboards.history import views
from dashboards.history.queries.deeds import ToldTrace, together
from notices.actions import choose_delivery
from notices.actions.digests import gather_digest
from notices.models import Notice
from tests.bulk.choosing import chosen, keys, press
from tests.making import LB, MA, awarded
from tests.notices.test_digests import written
from tests.people import log_in, person

LIST = reverse("dashboards:history")


@pytest.fixture
def auditor(db, client):
    found = person(role=Role.AUDITOR)
    log_in(client, found)
    return found


def deeds(client, **address):
    return client.get(LIST, address).context["rows"]


def exported(client, **address):
    answer = client.get(LIST, {"export": "csv", **address})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_change_by_hand_in_the_database_is_shown_at_once_and_says_that_nobody_is_named(
    client, auditor
):
    someone = person("somebody@example.org")
    with transaction.atomic(), connection.cursor() as cursor:
        # As in a transaction of its own, which no action began.
        for told in ("pghistory.context_id", "pghistory.context_metadata"):
            cursor.execute("SELECT set_config(%s, '', true)", [told])
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("portal",)
        cursor.execute("UPDATE accounts_user SET full_name = 'By hand' WHERE id = %s", [someone.pk])
    # The clock of the database stood still when the test began.
    row = next(row for row in deeds(client) if "By hand" in row.told[0].name)
    assert (row.is_unnamed, row.who) == (True, None)
    assert row.label.startswith("Without an action: ")
    page = client.get(LIST).content.decode()
    assert "By hand" in page
    assert "not known" in page
    assert row.pk in {one.pk for one in deeds(client, by="nobody")}
    for other in ("people", "link", "portal", "machine"):
        assert row.pk not in {one.pk for one in deeds(client, by=other)}
    line = next(line for line in exported(client, by="nobody") if line["key"] == str(row.pk))
    assert line["who"] == "not known"
    assert "By hand" in line["changes"]


def test_the_steps_of_workers_are_named_and_apart(client, auditor):
    notice = written(person("reader@example.org"))
    assert notice.state == Notice.State.SENT
    steps = Trace.objects.filter(kind="notice", record=str(notice.pk), is_step=True)
    assert {trace.action for trace in steps} == {"send_notice"}
    found = {row.pk for row in deeds(client, by="machine")}
    assert {trace.deed for trace in steps} <= found
    hidden = {trace.deed for trace in steps}
    assert not hidden & {row.pk for row in deeds(client)}
    assert not hidden & {row.pk for row in deeds(client, by="nobody")}


def test_each_of_several_says_of_how_many_it_was_one(client, auditor):
    story = awarded(LB, MA)[0]
    notices = list(Notice.objects.filter(kind="award-offered").order_by("created_at", "pk"))
    coordinator = log_in(Client(), story.cast.coordinators[0])
    press(coordinator, chosen(coordinator, "outbox", "hold", *keys(notices)), "Wrong date in it")
    rows = deeds(client)[:2]
    assert [row.together for row in rows] == [2, 2]
    assert "one of 2 at one press" in client.get(LIST).content.decode()
    page = client.get(reverse("dashboards:deed", args=[rows[0].pk])).content.decode()
    assert "one of 2 at one press" in page
    lines = [line for line in exported(client) if line["key"] in {str(row.pk) for row in rows}]
    assert {line["together"] for line in lines} == {"2"}


def test_two_fields_that_are_called_alike_are_told_both():
    def told(*changes):
        return ToldTrace(Trace(kind="user", record="1"), User, "", None, list(changes))

    first = told(Change("amount", "1", "2", "asked"), Change("amount", "5", "6", "paid"))
    last = told(Change("amount", "6", "7", "paid"))
    [one] = together([first, last])
    assert [(change.name, change.before, change.after) for change in one.changes] == [
        ("asked", "1", "2"),
        ("paid", "5", "7"),
    ]


@action("Names changed")
def name_both(first, second, *, by=None):
    for user, name in ((first, "Step one"), (second, "Other"), (first, "Step two")):
        user.full_name = name
        user.save(update_fields=["full_name"])


def test_a_record_is_told_whole_on_one_page_of_an_action(client, auditor, monkeypatch):
    first, second = person("first@example.org"), person("second@example.org")
    name_both(first, second)
    monkeypatch.setattr(views, "_RECORDS", 1)
    at = reverse(
        "dashboards:deed", args=[Trace.objects.get(record=str(second.pk), action="name_both").deed]
    )
    answer = client.get(at)
    [one] = answer.context["deed"].told
    assert one.trace.record == str(first.pk)
    assert one.changes[0].after == "Step two"
    answer = client.get(at, {"after": str(answer.context["page"].after)})
    [one] = answer.context["deed"].told
    assert one.trace.record == str(second.pk)
    assert answer.context["page"].after is None


def test_what_is_asked_for_by_its_name_is_found_though_nobody_decided_it(client, auditor):
    reader = person("reader@example.org")
    assert not deeds(client, action="gathered")
    choose_delivery(reader, {"assistance": "digest"}, by=reader)
    written(reader)
    assert gather_digest(reader, now=timezone.now() + timedelta(days=2))
    assert [row.action for row in deeds(client, action="gathered")] == ["gather_digest"]
    assert "gather_digest" not in {row.action for row in deeds(client)}
    assert "gather_digest" in {row.action for row in deeds(client, by="machine")}


@action("Named late")
def name_late(user, *, by=None):
    user.full_name = "Named late"
    user.save(update_fields=["full_name"])


def test_what_is_told_of_a_transaction_later_does_not_divide_its_action(db):
    someone = person()
    with pghistory.context(action="work"), transaction.atomic():
        someone.full_name = "Named first"
        someone.save(update_fields=["full_name"])
        name_late(someone)
    both = Trace.objects.filter(kind="user", record=str(someone.pk), is_new=False)
    assert both.count() == 2
    assert len({(trace.at, trace.deed) for trace in both}) == 1
