"""A letter is made once, whatever dies in between: the worker, Redis, or both."""

from __future__ import annotations

import signal
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from documents.actions import issue_document
from documents.actions.making import DOCUMENTS, render_document
from documents.models import Document
from documents.tasks import render_document as render_task
from jobs.tasks import sweep_jobs
from notices.actions import notify
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.documents.conftest import wait_for
from tests.documents.samples import sample_facts
from tests.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("letters_for_all")]


def issue(about=None, number=0):
    facts = {**sample_facts("award"), "number": number}
    return issue_document(
        "award", about or person(), facts, language="en", by=None, reference="SUV-2026-LB-0001"
    )


def files():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def are_files_of(document):
    """Whether nothing is kept but the letter and its copy for the archive."""
    return set(files()) == {Path(document.file.path), Path(document.archive.path)}


def test_a_worker_makes_what_an_action_issued(worker):
    worker()
    document = issue()
    wait_for(lambda: Document.objects.get(pk=document.pk).is_ready)
    assert Document.objects.get(pk=document.pk).file.read().startswith(b"%PDF")


def test_a_worker_killed_while_it_renders_leaves_the_letter_to_the_next(worker, rendering_mark):
    first = worker(slow_seconds=60)
    document = issue()
    wait_for(rendering_mark.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert Document.objects.get(pk=document.pk).is_pending
    # Its patience is over: the sweeper picks the row up, and another worker makes the letter.
    Document.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    assert sweep_jobs() == 1
    worker()
    wait_for(lambda: Document.objects.get(pk=document.pk).is_ready)
    made = Document.objects.get(pk=document.pk)
    assert made.attempts == 2
    assert are_files_of(made)
    # The task that the killed worker held comes back one day: it finds nothing to do.
    assert render_document(document.pk) is False
    assert Document.objects.get(pk=document.pk).rendered_at == made.rendered_at
    assert are_files_of(made)


def test_two_workers_at_one_letter_make_it_once(worker, rendering_mark):
    worker(slow_seconds=3)
    document = issue()
    wait_for(rendering_mark.exists)
    assert render_document(document.pk) is False
    wait_for(lambda: Document.objects.get(pk=document.pk).is_ready)
    assert are_files_of(Document.objects.get(pk=document.pk))


def test_with_redis_away_the_row_stands_and_is_swept_up_later(monkeypatch):
    def unreachable(*_args, **_options):
        raise ConnectionError("Redis is away")

    monkeypatch.setattr(render_task, "apply_async", unreachable)
    document = issue()
    assert Document.objects.get(pk=document.pk).is_pending
    monkeypatch.undo()
    later = timezone.now() + timedelta(minutes=1)
    assert DOCUMENTS.claim_due(later) == [document.pk]
    assert DOCUMENTS.claim_due(later) == []
    assert render_document(document.pk) is True


def test_what_is_rolled_back_is_never_made():
    with suppress(ZeroDivisionError), transaction.atomic():
        issue()
        raise ZeroDivisionError
    assert not Document.objects.exists()


def test_a_letter_that_kills_every_worker_fails_and_can_be_tried_again():
    document = issue()
    Document.objects.update(attempts=5)
    assert render_document(document.pk) is False
    failed = Document.objects.get(pk=document.pk)
    assert (failed.state, failed.last_error) == (
        "failed",
        "The worker was killed while making it.",
    )


def test_a_message_leaves_once_its_letter_is_made(mailoutbox):
    manager = person("manager@example.org")
    document = issue()
    notice = notify(
        manager,
        "award-offered",
        facts={**sample_facts("award"), "accept_by": "2026-06-30"},
        documents=[document],
    )
    assert send_notice(notice.pk) is False
    assert not mailoutbox
    render_document(document.pk)
    assert send_notice(notice.pk) is True
    assert send_notice(notice.pk) is False
    (message,) = mailoutbox
    assert message.to == ["manager@example.org"]
    assert message.attachments[0].filename == "SUV-2026-LB-0001-award-en.pdf"
    assert Notice.objects.get(pk=notice.pk).state == "sent"
