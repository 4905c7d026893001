"""Mail servers that refuse, hang, drop the line and put off: no message lost, and none sent twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone

from conduct.actions import OutOfOrder
from jobs.tasks import sweep_jobs
from notices.actions import confirm_arrival, notify, send_again
from notices.actions.sending import NOTICES, send_notice
from notices.models import Notice
from notices.queries import bounces_of
from tests.notices.mail_server import mail_server
from tests.notices.making import FACTS, events_of
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server(settings) as script:
        yield script


@pytest.fixture
def notice():
    return notify(person("nadine@example.org"), "plan-approved", facts=FACTS, url="/")


def fresh(notice):
    return Notice.objects.get(pk=notice.pk)


def test_what_the_server_took_is_sent_with_its_words(server, notice):
    assert send_notice(notice.pk) is True
    (taken,) = server.taken
    assert f"Message-ID: <notice-{notice.pk}@".encode() in taken
    sent = fresh(notice)
    assert (sent.state, sent.sent_to) == ("sent", "nadine@example.org")
    assert events_of(notice) == [("accepted", "250 2.0.0 Ok: queued as 4F2A")]


def test_an_address_that_is_refused_for_good_is_a_bounce_and_not_tried_again(server, notice):
    server.recipient = "550 5.1.1 No such user here"
    assert send_notice(notice.pk) is False
    failed = fresh(notice)
    assert (failed.state, failed.attempts) == ("failed", 1)
    assert events_of(notice) == [("hard", "550 5.1.1 No such user here")]
    assert bounces_of([notice.recipient])[notice.recipient_id].words.startswith("550")
    sweep_jobs()
    assert server.asked == 1


def test_a_text_that_is_refused_for_good_is_given_up_too(server, notice):
    server.text = "554 5.7.1 Refused as spam"
    send_notice(notice.pk)
    assert fresh(notice).state == "failed"
    assert events_of(notice) == [("hard", "554 5.7.1 Refused as spam")]


def test_a_server_that_refuses_us_says_nothing_of_the_address(server, notice):
    server.greeting = "554 mail.example.org takes no mail today"
    send_notice(notice.pk)
    waiting = fresh(notice)
    assert (waiting.state, waiting.attempts) == ("pending", 1)
    assert events_of(notice) == []
    server.greeting = "220 mail.example.org ESMTP"
    assert send_notice(notice.pk) is True
    assert len(server.taken) == 1


def test_greylisting_for_an_hour_delays_and_loses_nothing(server, notice):
    start = timezone.now()
    server.recipient = "450 4.7.1 Greylisted, come back later"

    def take_from_then_on():
        if timezone.now() > start + timedelta(hours=1):
            server.recipient = "250 2.1.5 Ok"

    tried = []
    for minute in range(180):
        with time_machine.travel(start + timedelta(minutes=minute), tick=True):
            take_from_then_on()
            for key in NOTICES.claim_due(timezone.now()):
                tried.append(minute)
                send_notice(key)
    assert fresh(notice).state == "sent"
    assert len(server.taken) == 1
    kinds = [kind for kind, _words in events_of(notice)]
    assert kinds == ["delayed"] * (len(tried) - 1) + ["accepted"]
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert pauses == sorted(pauses)
    assert 5 <= len(tried) <= 11


@pytest.mark.parametrize("where", ["greeting", "recipient", "data"])
@pytest.mark.parametrize("how", ["hang", "drop"])
def test_a_line_that_breaks_before_the_text_is_tried_again_and_sent_once(
    server, notice, how, where
):
    setattr(server, how, where)
    assert send_notice(notice.pk) is False
    assert fresh(notice).state == "pending"
    setattr(server, how, "")
    assert send_notice(notice.pk) is True
    assert len(server.taken) == 1


@pytest.mark.parametrize("how", ["hang", "drop"])
def test_a_line_that_breaks_after_the_text_leaves_the_message_unsure(server, notice, how):
    setattr(server, how, "text")
    assert send_notice(notice.pk) is False
    unsure = fresh(notice)
    assert unsure.state == "unsure"
    assert [kind for kind, _words in events_of(notice)] == ["unsure"]
    # The server had it; nobody hands it over a second time by himself.
    setattr(server, how, "")
    Notice.objects.update(next_attempt_at=timezone.now() - timedelta(days=1))
    sweep_jobs()
    assert send_notice(notice.pk) is False
    assert len(server.taken) == 1


def test_a_person_settles_what_is_unsure(server, notice):
    coordinator = person(role="coordinator")
    server.drop = "text"
    send_notice(notice.pk)
    settled = confirm_arrival(notice, reason="She read it to me.", by=coordinator)
    assert settled.state == "sent"
    with pytest.raises(OutOfOrder):
        send_again(notice, by=coordinator)


def test_a_person_sends_what_is_unsure_again_under_the_same_message_id(server, notice):
    server.drop = "text"
    send_notice(notice.pk)
    server.drop = ""
    send_again(notice, by=person(role="coordinator"))
    assert send_notice(notice.pk) is True
    first, second = server.taken
    name = f"Message-ID: <notice-{notice.pk}@".encode()
    assert name in first
    assert name in second


@pytest.mark.parametrize("how", ["hang", "drop"])
def test_a_server_that_does_not_say_goodbye_has_the_message_all_the_same(server, notice, how):
    setattr(server, how, "quit")
    assert send_notice(notice.pk) is True
    assert fresh(notice).state == "sent"
    assert len(server.taken) == 1
