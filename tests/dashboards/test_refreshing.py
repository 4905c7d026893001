"""A desk that keeps itself up to date: what its question is answered, what it costs, what it leaves."""

import json
import re
from datetime import timedelta

import pghistory
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import grant_role
from accounts.middleware import zone_called
from conduct.models.traces import Trace
from conduct.models.tracing import event_models
from dashboards.queries.pulse import (
    ADDED,
    ASKED_ANEW,
    SEEN_OTHERWISE,
    SENT,
    pulse_of,
    reads_messages,
)
from dashboards.views.refreshing import in_short
from demonstration.clock import on
from notices.models import Notice
from tests.dashboards.asking import HOME, Desk, told
from tests.making import voucher_story
from tests.people import log_in, person
from vouchers.correspondence.actions import send_voucher_message
from vouchers.standing.models import OutdatedStanding

pytestmark = pytest.mark.django_db
# What desks read and no history keeps, and why a page need not know at once.
KNOWN_LATER = {
    # Who asks, and whether they may: asked of each request.
    *("django_session", "mfa_authenticator"),
    # Countries and kinds of record are there from the beginning; the books move with what history keeps.
    *("clusters_country", "django_content_type", "vouchers_ledgeraccount"),
    # Lines are controlled and paid with their claim.
    "vouchers_claimline",
    # What workers have given up: after `ASKED_ANEW` seconds.
    *("files_preview", "jobs_trouble", "links_linkcode", "vouchers_rankingstudy"),
}


@pytest.fixture(autouse=True)
def now():
    """The clock stands still: the minutes after which a desk is looked up anew never end by chance."""
    moment = timezone.now()
    with time_machine.travel(moment, tick=False):
        yield moment


def test_where_nothing_happened_nothing_is_sent_and_little_is_asked(now):
    told_story = voucher_story("claimed 0")
    for user in (told_story.cast.coordinators[0], told_story.officer, person(role="finance")):
        desk = Desk(user)
        with CaptureQueriesContext(connection) as asked:
            answer = desk.ask()
        assert answer.status_code == 304
        assert not answer.content
        # Session, person, roles, second factor; and whether anything happened.
        assert len(asked) <= 6, [one["sql"][:80] for one in asked]
        assert told(answer)["at"] == f"{timezone.localtime(now, zone_called(user.time_zone)):%H:%M}"
        assert told(answer)["news"] == ""


def test_what_came_is_shown_and_told():
    story = voucher_story("accepted by cluster 0")
    desk = Desk(story.officer)
    desk.version = ""
    (kind,) = json.loads(in_short({"deliverables": 1}))
    answer = desk.ask(waits=json.dumps({**json.loads(desk.waits), kind: 0}))
    assert answer.status_code == 200
    assert told(answer)["news"] == "1 new thing waits for you."
    page = answer.content.decode()
    assert 'id="refreshed"' in page
    assert "<html" not in page
    assert "csrfmiddlewaretoken" not in page
    assert kind in json.loads(
        re.search(r"data-waits='?\"?([^>]*?)\"?>", page)[1].replace("&quot;", '"')
    )


def test_what_is_the_same_after_all_is_not_sent_again():
    story = voucher_story("accepted by cluster 0")
    desk = Desk(story.cast.coordinators[0])
    # Something happened that is not on this desk.
    grant_role(person(role="assessor"), "auditor", by=None)
    Desk(story.officer)
    before = desk.version
    answer = desk.ask()
    assert (answer.status_code, told(answer)["news"]) == (304, "")
    assert desk.version != before, "the next question is answered without looking"
    with CaptureQueriesContext(connection) as asked:
        assert desk.ask().status_code == 304
    assert len(asked) <= 6


def test_time_alone_is_looked_at_after_some_minutes(now):
    story = voucher_story("plan approved")
    desk = Desk(story.officer)
    with on(now + timedelta(seconds=ASKED_ANEW)), CaptureQueriesContext(connection) as asked:
        answer = desk.ask()
    assert len(asked) > 8
    assert answer.status_code == 304


def test_not_all_are_looked_up_at_the_same_second(now):
    people = [person(role="finance") for _each in range(10)]
    turns = set()
    for user in people:
        before = pulse_of(user, "")
        turns.add(
            next(
                second
                for second in range(1, ASKED_ANEW + 1)
                if _pulse_at(now + timedelta(seconds=second), user) != before
            )
        )
    assert len(turns) == len(people)


def _pulse_at(moment, user):
    with time_machine.travel(moment, tick=False):
        return pulse_of(user, "")


def test_who_sees_no_messages_is_not_looked_up_for_each_that_goes(now):
    story = voucher_story("plan approved")
    story.manager.refresh_from_db()
    before = {user: pulse_of(user, "") for user in (story.manager, story.officer)}
    latest = Trace.objects.latest("pk").pk
    with pghistory.context(action="SendingNotices"):
        waiting = Notice.objects.filter(state=Notice.State.PENDING)
        assert waiting.update(state=Notice.State.SENT, sent_at=now)
    assert all(one.is_step for one in Trace.objects.filter(pk__gt=latest))
    assert pulse_of(story.manager, "") == before[story.manager]
    assert pulse_of(story.officer, "") != before[story.officer]


def test_what_went_is_told_without_a_number():
    story = voucher_story("plan approved")
    desk = Desk(story.officer)
    grant_role(person(), "auditor", by=None)
    more = {**json.loads(desk.waits), "claims": 3}
    assert told(desk.ask(waits=json.dumps(more)))["news"] == "What waits for you has changed."


@pytest.mark.parametrize(
    "waits", ["nonsense", "[]", '{"a": "b"}', "{" * 5000, '{"a": true}', "\N{ARABIC LETTER BEH}"]
)
def test_what_cannot_be_read_tells_nothing(waits):
    story = voucher_story("plan approved")
    desk = Desk(story.officer)
    grant_role(person(), "auditor", by=None)
    assert told(desk.ask(waits=waits))["news"] == ""


def test_a_session_that_ended_or_is_of_another_person_is_told_so():
    story = voucher_story("plan approved")
    desk = Desk(story.officer)
    for of in (person().pk, "nonsense", ""):
        assert desk.ask(of=of).status_code == 401
    desk.client.logout()
    answer = desk.ask()
    assert (answer.status_code, answer.content) == (401, b"")


def test_who_must_prove_more_first_is_not_carried_away():
    """htmx would follow a redirection at once, also while something is typed elsewhere on the page."""
    user = person(role="finance")
    desk = Desk(user)
    Authenticator.objects.filter(user=user).delete()
    answer = desk.ask()
    assert (answer.status_code, answer.content) == (401, b"")
    assert "HX-Redirect" not in answer
    assert desk.client.get(HOME).status_code == 302


def test_asking_keeps_no_session_alive_and_remembers_nothing(now):
    story = voucher_story("plan approved")
    desk = Desk(story.cast.coordinators[0])
    call = story.voucher.award.application.call.slug

    def session():
        return Session.objects.values("expire_date", "session_data").get(
            session_key=desk.client.session.session_key
        )

    before = session()
    with on(now + timedelta(hours=1)):
        assert desk.ask(call=call).status_code == 200
    assert session() == before
    with on(now + timedelta(hours=13)):
        assert desk.ask().status_code == 401


def test_asking_writes_nothing():
    """Many pages ask at once: none waits for another's locks."""
    story = voucher_story("accepted 0")
    desk = Desk(story.officer)
    send_voucher_message(story.voucher.award.application, "When?", by=story.manager)
    assert OutdatedStanding.objects.exists()
    with CaptureQueriesContext(connection) as asked:
        assert desk.ask().status_code == 200
    wrote = [one["sql"] for one in asked if not one["sql"].startswith(("SELECT", "WITH"))]
    assert wrote == []
    assert not any("FOR UPDATE" in one["sql"] for one in asked)


def test_what_it_is_about_belongs_to_the_version():
    story = voucher_story("plan approved")
    desk = Desk(story.cast.coordinators[0])
    assert desk.ask(country="LB").status_code == 200
    assert desk.ask(country="LB").status_code == 304
    assert desk.ask().status_code == 200


def test_a_cluster_is_told_too():
    story = voucher_story("accepted by cluster 0")
    desk = Desk(story.manager)
    assert desk.ask().status_code == 304
    desk.version = ""
    answer = desk.ask(waits="{}")
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_all_that_desks_read_is_seen_to_change():
    story = voucher_story("claimed 0")
    people = [
        *(story.cast.coordinators[0], story.officer, story.manager),
        *(person(role=role) for role in ("assessor", "finance", "auditor", "administrator")),
    ]
    events = event_models().values()
    seen = {model._meta.db_table for model in events}
    seen |= {model.pgh_tracked_model._meta.db_table for model in events}
    seen |= {model._meta.db_table for model in (*ADDED, *SEEN_OTHERWISE)} | KNOWN_LATER
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    for user in people:
        client = log_in(Client(), type(user).objects.get(pk=user.pk))
        with CaptureQueriesContext(connection) as asked:
            client.get(HOME)
        read = _read(asked) & tables
        assert read <= seen, user
        # Who is not told of what workers do with messages and letters does not see it either.
        desk = Desk(user)
        desk.version = ""
        with CaptureQueriesContext(connection) as asked:
            desk.ask()
        # But how many of their own are new, which the pulse counts as well.
        others = [one for one in asked if not re.search(r'recipient_id"? = \d', one["sql"])]
        assert reads_messages(user) or not _read(others) & {one._meta.db_table for one in SENT}


def _read(asked):
    return set(re.findall(r'"(\w+)"', " ".join(one["sql"] for one in asked)))


@pytest.mark.parametrize("model", sorted(set(ADDED) - {OutdatedStanding}, key=str))
def test_what_is_seen_by_its_newest_row_only_ever_grows(model):
    """A row that changed or went would not be seen."""
    guards = [each for each in model._meta.triggers if each.name == "append_only"]
    assert guards, f"{model.__name__} does not only grow: the pulse of desks must see it otherwise"


def test_without_a_script_the_page_is_what_it_was(client):
    story = voucher_story("plan approved")
    page = log_in(client, story.officer).get(reverse("dashboards:home")).content.decode()
    assert "Updated at" in page
    assert re.search(r"data-ended hidden", page)
