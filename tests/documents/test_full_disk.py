"""A letter that finds no room waits, costs no attempt, and is told on the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.actions import issue_document
from documents.actions.making import DOCUMENTS, render_document
from documents.models import Document
from jobs.actions.attempts import LONGEST_WAIT, SHORTEST_WAIT
from notices.actions import notify
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.documents.samples import sample_facts
from tests.full import (
    fail_for_want_of_room,
    files_on_small_disk,
    small_disk,
)
from tests.people import log_in, person

__all__ = ["files_on_small_disk", "small_disk"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_for_all")]

AWARD = {**sample_facts("award"), "accept_by": "2026-06-30"}


@pytest.fixture
def letter():
    return issue_document(
        "award",
        person(),
        sample_facts("award"),
        language="en",
        by=None,
        reference="SUV-2026-LB-0001",
    )


def test_a_letter_waits_for_room_however_long(
    letter, files_on_small_disk, client, mailoutbox, settings
):
    settings.LOW_DISK_MB = 0
    notice = notify(person("m@example.org"), "award-offered", facts=AWARD, documents=[letter])
    files_on_small_disk.fill()
    # Twice as often as it may fail.
    for _number in range(2 * Document.MAX_ATTEMPTS):
        assert render_document(letter.pk) is False
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("pending", 0)
    assert letter.last_error.startswith("NoSpace")
    assert files_on_small_disk.files() == []
    # Its message waits with it.
    assert send_notice(notice.pk) is False
    assert Notice.objects.get(pk=notice.pk).attempts == 0
    log_in(client, person(role="coordinator"))
    desk = client.get("/").content.decode()
    assert "The disk is full, and this waits for room: Letters and reports (1)." in desk
    assert "could not be made" not in desk
    page = client.get(reverse("dashboards:background")).content.decode()
    assert "Waiting for room on the disk" in page
    assert str(letter.pk) in page
    files_on_small_disk.make_room()
    assert DOCUMENTS.claim_due(timezone.now() + SHORTEST_WAIT) == [letter.pk]
    assert render_document(letter.pk) is True
    letter.refresh_from_db()
    assert len(letter.file.read()) == letter.size
    assert send_notice(notice.pk) is True
    assert len(mailoutbox) == 1
    assert "waits for room" not in client.get("/").content.decode()


def test_who_does_not_look_after_the_portal_is_not_told(letter, files_on_small_disk, client):
    files_on_small_disk.fill()
    render_document(letter.pk)
    log_in(client, person(role="officer", country="LB"))
    page = client.get("/").content.decode()
    assert "waits for room" not in page
    assert "nearly full" not in page


def test_a_letter_whose_row_finds_no_room_leaves_no_file(letter, settings, monkeypatch):
    saves = Document.save

    def save(self, *args, update_fields=(), **kwargs):
        if "file" in update_fields:
            fail_for_want_of_room()
        saves(self, *args, update_fields=update_fields, **kwargs)

    monkeypatch.setattr(Document, "save", save)
    assert render_document(letter.pk) is False
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("pending", 0)
    assert letter.no_space_since
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_it_is_asked_for_ever_more_rarely_but_never_after_long(letter, files_on_small_disk):
    files_on_small_disk.fill()
    render_document(letter.pk)
    letter.refresh_from_db()
    assert letter.next_attempt_at - letter.no_space_since == SHORTEST_WAIT
    long_ago = timezone.now() - timedelta(hours=8)
    Document.objects.update(no_space_since=long_ago)
    render_document(letter.pk)
    letter.refresh_from_db()
    assert letter.no_space_since == long_ago
    assert letter.next_attempt_at <= timezone.now() + LONGEST_WAIT


def test_another_error_counts_as_ever(letter, files_on_small_disk, monkeypatch):
    files_on_small_disk.fill()
    render_document(letter.pk)
    files_on_small_disk.make_room()

    def breaks(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("documents.rendering.pdf.render", breaks)
    for number in range(1, Document.MAX_ATTEMPTS + 1):
        render_document(letter.pk)
        letter.refresh_from_db()
        assert (letter.attempts, letter.no_space_since) == (number, None)
    assert letter.is_failed
