"""One message to a cluster: looked at, steered, and sent once more when it came back."""

import pytest
from django.test import Client
from django.urls import reverse

from notices.actions import note_event
from notices.actions.delivering import Reported
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.making import LB, MA, awarded
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered():
    """The award that was offered in Lebanon waits to be sent, without its letters."""
    story, (lebanese, _moroccan) = awarded(LB, MA)
    user = lebanese.application.cluster.representatives.get().user
    notice = Notice.objects.get(kind="award-offered", recipient=user)
    notice.documents.clear()
    return story, notice


@pytest.fixture
def client(offered):
    story, _notice = offered
    return log_in(Client(), story.cast.coordinators[0])


def page_of(client, notice, name="message"):
    return client.get(reverse(f"dashboards:{name}", args=[notice.pk]))


def fresh(notice):
    return Notice.objects.get(pk=notice.pk)


def post(client, notice, name, **data):
    return client.post(reverse(f"dashboards:{name}", args=[notice.pk]), data, follow=True)


def test_a_message_is_shown_as_its_person_sees_it_before_it_goes(offered, client):
    _story, notice = offered
    page = page_of(client, notice).content.decode()
    assert "Change the words" in page
    assert "No server has said anything of it yet." in page
    html = page_of(client, notice, "message_html")
    assert "sandbox" in html["Content-Security-Policy"]
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    told = html.content.decode()
    assert "Funded by the European Union" in told
    assert "/notices/unsubscribe/" not in told + page
    # To look changes nothing.
    assert fresh(notice).subject == ""


def test_an_arabic_message_stands_right_to_left(offered, client):
    _story, notice = offered
    other = Notice.objects.create(
        recipient=notice.recipient,
        kind=notice.kind,
        topic=notice.topic,
        language="ar",
        facts=notice.facts,
        content_type=notice.content_type,
        object_id=notice.object_id,
    )
    assert '<html lang="ar" dir="rtl">' in page_of(client, other, "message_html").content.decode()
    assert 'lang="ar" dir="rtl"' in page_of(client, other).content.decode()


def test_words_are_changed_in_the_browser_and_nothing_typed_is_lost(offered, client, mailoutbox):
    _story, notice = offered
    words = {"seen": 0, "subject": "Good news", "body": "Dear {cluster}", "reason": "Warmer"}
    page = post(client, notice, "reword_message", **words).content.decode()
    assert "Curly brackets mean nothing here" in page
    assert "Dear {cluster}" in page
    page = post(client, notice, "reword_message", **{**words, "body": "We congratulate you."})
    told = page.content.decode()
    assert "The message goes out with these words." in told
    assert "Warmer" in told
    assert "<ins>" in told
    send_notice(notice.pk)
    assert mailoutbox[-1].subject == "Good news"


def test_who_comes_second_sees_what_was_saved_meanwhile(offered, client):
    _story, notice = offered
    words = {"seen": 0, "subject": "Good news", "body": "First.", "reason": "Warmer"}
    post(client, notice, "reword_message", **words)
    page = post(client, notice, "reword_message", **{**words, "body": "Second."}).content.decode()
    assert "saved meanwhile" in page
    assert "First." in page
    assert "Second." in page
    assert fresh(notice).body == "First."


def test_a_message_is_held_back_and_released_with_reasons(offered, client, mailoutbox):
    _story, notice = offered
    page = post(client, notice, "hold_message", reason="The day is wrong.").content.decode()
    assert "The day is wrong." in page
    assert "Decide about messages that are held back" in client.get("/").content.decode()
    listed = client.get("/outbox/", {"now": "unsettled"}).context["page"]
    assert [one.pk for one in listed] == [notice.pk]
    send_notice(notice.pk)
    assert not mailoutbox
    post(client, notice, "release_message", reason="It is right.")
    page = page_of(client, notice).content.decode()
    # Who did it and why stays in the history.
    assert "Message released" in page
    assert "It is right." in page


def test_a_message_is_cancelled(offered, client):
    _story, notice = offered
    page = post(client, notice, "cancel_message", reason="Sent twice by hand.").content.decode()
    assert "Cancelled by" in page
    assert "Hold back" not in page
    assert fresh(notice).state == "dropped"


def test_what_came_back_shows_on_desk_cluster_and_message_and_goes_once_more(
    offered, client, mailoutbox
):
    story, notice = offered
    send_notice(notice.pk)
    sent = fresh(notice)
    words = "550 5.1.1 no such user"
    note_event(
        sent,
        Reported("hard", "mailbox", sent.sent_to, sent.sent_at, "k", status="5.1.1", words=words),
    )
    assert "Reach people whose messages came back" in client.get("/").content.decode()
    assert [one.pk for one in client.get("/outbox/", {"now": "returned"}).context["page"]] == [
        notice.pk
    ]
    cluster = cluster_of(notice)
    assert "E-mails come back" in client.get(f"/clusters/{cluster.slug}/").content.decode()
    theirs = log_in(Client(), notice.recipient).get(f"/clusters/{cluster.slug}/people/")
    assert "E-mails come back" in theirs.content.decode()
    page = page_of(client, notice).content.decode()
    assert words in page
    assert "Send once more" in page
    officer = log_in(Client(), story.cast.officer("LB"))
    page = post(officer, notice, "send_once_more", reason="She has a new address.")
    assert "It is on its way once more." in page.content.decode()
    again = Notice.objects.get(again_of=notice)
    send_notice(again.pk)
    assert len(mailoutbox) == 2
    assert "was sent once more" in page_of(client, notice).content.decode()
    assert "Reach people whose messages came back" not in client.get("/").content.decode()


def cluster_of(notice):
    return notice.recipient.representations.get().cluster


@pytest.mark.parametrize("name", ["message", "message_html", "reword_message", "hold_message"])
def test_nobody_else_finds_it(offered, name):
    story, notice = offered
    for user in (notice.recipient, story.cast.assessors[0], story.cast.officer("MA")):
        assert page_of(log_in(Client(), user), notice, name).status_code == 404


def test_officers_and_auditors_look_and_do_not_steer(offered):
    story, notice = offered
    for user in (story.cast.officer("LB"), person(role="auditor")):
        client = log_in(Client(), user)
        page = page_of(client, notice)
        assert page.status_code == 200
        assert "Hold back" not in page.content.decode()
        assert post(client, notice, "hold_message", reason="I want to").status_code == 403
    assert fresh(notice).state == "pending"


def test_the_export_says_what_servers_said(offered, client, mailoutbox):
    _story, notice = offered
    send_notice(notice.pk)
    rows = b"".join(client.get("/outbox/", {"export": "csv"}).streaming_content).decode()
    (row,) = [row for row in rows.splitlines() if ",accepted," in row]
    # To whom it is, and to which address it went.
    assert row.count(notice.recipient.email) == 2
