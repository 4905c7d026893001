"""A letter that failed for good holds nothing back in silence, and one button tries all again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dashboards.actions import try_again
from demonstration.clock import on
from documents.actions import issue_document, withdraw_document
from documents.actions.making import render_document
from documents.models import Document
from jobs.models import Trouble
from jobs.queries import oldest_by_queue
from notices.actions import notify, notify_each
from notices.actions.sending import LETTERS_WAIT, send_notice
from notices.models import Notice
from notices.tasks import send_late_letters
from tests.documents.samples import sample_facts
from tests.making import LB, open_story
from tests.people import log_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_for_all")]

AWARD = {**sample_facts("award"), "accept_by": "2026-06-30"}


def letter(number=0, language="en"):
    facts = {**sample_facts("award"), "number": number}
    return issue_document(
        "award", person(), facts, language=language, by=None, reference="SUV-2026-LB-0001"
    )


def failed(number=0):
    found = letter(number)
    Document.objects.filter(pk=found.pk).update(state="failed", attempts=5, last_error="Full")
    return found


def failed_receipts():
    """An application whose receipts, one in each language, could not be made."""
    application = open_story().apply(LB)
    letters = [each.pk for each in Document.objects.filter(kind="acknowledgement")]
    assert len(letters) == 3
    Document.objects.filter(pk__in=letters).update(state="failed", attempts=5, last_error="Full")
    return application, letters


def told(*letters):
    return notify(person("manager@example.org"), "award-offered", facts=AWARD, documents=letters)


def test_several_people_hear_of_it_once_each_but_for_who_did_it():
    rana, ziad = person("rana@example.org"), person("ziad@example.org")
    told = notify_each([rana, ziad, rana], "award-offered", but=ziad, facts=AWARD, key="award-7")
    assert [notice.recipient for notice in told] == [rana]
    assert notify_each([rana, ziad], "award-offered", facts=AWARD, key="award-7")[0] == told[0]
    assert Notice.objects.count() == 2


def test_a_message_waits_for_a_letter_that_is_still_being_made(mailoutbox):
    notice = told(letter())
    for _number in range(20):
        assert send_notice(notice.pk) is False
    assert not mailoutbox
    # To wait costs no attempt.
    assert Notice.objects.get(pk=notice.pk).attempts == 0


def test_a_message_waits_for_a_letter_no_longer_than_two_hours(mailoutbox):
    """A letter may wait for days, for its seal or for room: its message is not silent meanwhile."""
    slow = letter()
    notice = notify(
        person("manager@example.org"), "award-offered", facts=AWARD, documents=[slow], url="/a/"
    )
    with on(timezone.now() - LETTERS_WAIT - timedelta(minutes=1)):
        assert send_notice(notice.pk) is False
    assert send_notice(notice.pk) is True
    (message,) = mailoutbox
    assert not message.attachments
    for form in (message.body, message.alternatives[0][0]):
        assert "What could not be attached yet" in form
        assert "Award letter" in form
        # A way to the page where it is being made.
        assert notice.absolute_url in form
    assert Notice.objects.get(pk=notice.pk).letters_follow
    # Nothing follows before it is there.
    send_late_letters()
    assert Notice.objects.count() == 1
    assert render_document(slow.pk) is True
    send_late_letters()
    follows = Notice.objects.get(kind="letter-follows")
    assert send_notice(follows.pk) is True
    assert len(mailoutbox[1].attachments) == 1


def test_a_message_goes_without_a_letter_that_failed_and_names_it(mailoutbox):
    made, missing = letter(1), failed(2)
    render_document(made.pk)
    assert send_notice(told(made, missing).pk) is True
    (message,) = mailoutbox
    assert [name for name, _content, _kind in message.attachments] == [
        "SUV-2026-LB-0001-award-en.pdf"
    ]
    assert "What could not be attached yet" in message.body
    assert "Award letter SUV-2026-LB-0001" in message.body
    html = message.alternatives[0][0]
    assert "What could not be attached yet" in html
    assert Notice.objects.get(documents=missing).letters_follow


def test_the_letter_follows_once_it_is_made_after_all(mailoutbox):
    missing = failed()
    send_notice(told(missing).pk)
    send_late_letters()
    assert Notice.objects.count() == 1
    coordinator = person(role="coordinator")
    assert try_again("documents", by=coordinator) == 1
    assert render_document(missing.pk) is True
    send_late_letters()
    send_late_letters()
    follows = Notice.objects.get(kind="letter-follows")
    assert send_notice(follows.pk) is True
    first, second = mailoutbox
    assert second.to == first.to
    assert len(second.attachments) == 1
    assert first.subject in second.subject
    assert not Notice.objects.filter(letters_follow=True).exists()


def test_the_desk_of_coordinators_says_so_and_one_button_tries_all_again(
    client, django_capture_on_commit_callbacks
):
    log_in(client, person(role="coordinator"))
    assert "could not be made" not in client.get("/").content.decode()
    application, letters = failed_receipts()
    withdrawn = failed(8)
    withdraw_document(withdrawn, by=None, reason="A mistake")
    page = client.get("/").content.decode()
    assert "Letters that could not be made: their messages went without them" in page
    assert '<span class="count"><data value="3">3</data></span>' in page
    assert application.reference in page
    address = reverse("dashboards:try_again", args=["documents"])
    assert f'action="{address}"' in page
    answer = client.post(address, follow=True)
    assert "3 are tried again now." in answer.content.decode()
    assert "could not be made" not in client.get("/").content.decode()
    states = Document.objects.filter(pk__in=letters)
    assert set(states.values_list("state", "attempts")) == {("pending", 0)}
    assert Document.objects.get(pk=withdrawn.pk).state == "failed"


@pytest.mark.parametrize("role", ["assessor", "finance", None])
def test_nobody_else_finds_it(client, role):
    failed()
    log_in(client, person(role=role))
    assert "Letters that could not be made" not in client.get("/").content.decode()
    assert client.get(reverse("dashboards:background")).status_code == 404
    address = reverse("dashboards:try_again", args=["documents"])
    assert client.post(address).status_code == 404
    assert Document.objects.get().state == "failed"


def test_an_auditor_looks_and_changes_nothing(client):
    failed()
    log_in(client, person(role="auditor"))
    page = client.get(reverse("dashboards:background")).content.decode()
    assert "Try all again" not in page
    assert client.post(reverse("dashboards:try_again", args=["documents"])).status_code == 403
    assert Document.objects.get().state == "failed"


def test_the_page_of_background_work_shows_what_was_set_aside_and_why(client):
    failed_receipts()
    Trouble.objects.create(
        kind="publications",
        key="12",
        attempts=5,
        last_error="OperationalError: away",
        set_aside_at=timezone.now(),
    )
    log_in(client, person(role="administrator"))
    page = client.get(reverse("dashboards:background")).content.decode()
    assert "Letters and reports" in page
    assert "Publications of selections" in page
    assert "OperationalError: away" in page
    assert "tried 5 times" in page
    assert "silent: no worker takes its tasks" in page
    assert "Look after work in the background" in client.get("/").content.decode()
    client.post(reverse("dashboards:try_again", args=["publications"]))
    assert Trouble.objects.get().set_aside_at is None
    assert client.post("/background/nonsense/again/").status_code == 404


def test_a_desk_says_when_the_disk_is_nearly_full(client, settings):
    log_in(client, person(role="coordinator"))
    settings.LOW_DISK_MB = 0
    assert "nearly full" not in client.get("/").content.decode()
    assert client.get("/readyz").json()["disk"] == "ok"
    settings.LOW_DISK_MB = 10**9
    assert "The disk for files is nearly full" in client.get("/").content.decode()
    assert client.get("/readyz").json()["disk"] == "low"
    log_in(client, person(role="assessor"))
    assert "nearly full" not in client.get("/").content.decode()


def test_a_document_that_waits_for_long_is_the_oldest_of_its_queue():
    with on(timezone.now() - timedelta(hours=1)):
        found = letter()
    assert 3590 < oldest_by_queue()["letters"] < 3700
    render_document(found.pk)
    assert oldest_by_queue()["letters"] == 0
