"""While a batch runs the worker is killed, Redis emptied or the disk full: nothing lost, none twice."""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as current
from django.utils import timezone

from documents.actions import (
    finish_batches,
    hurry,
    making,
    pause_batch,
    resume_batch,
    start_batch,
)
from documents.actions.making import render_document
from documents.models import Document, LetterBatch
from documents.sealing import keys
from jobs.tasks import sweep_jobs
from nextsociety.celery import app
from tests.awards.batches.rounds import KINDS, letters, told
from tests.documents.conftest import (
    rendering_mark,
    sealing,
    self_made,
    wait_for,
    worker,
)
from tests.full import files_on_small_disk, small_disk

__all__ = [
    "files_on_small_disk",
    "rendering_mark",
    "sealing",
    "self_made",
    "small_disk",
    "worker",
]

pytestmark = pytest.mark.django_db(transaction=True)


def empty_redis():
    with app.connection_for_write() as connection:
        connection.default_channel.client.flushdb()


def overdue():
    """The patience of every letter is over: what was lost is queued by the next sweep."""
    Document.objects.filter(Document.WAITING, kind__in=KINDS).update(
        next_attempt_at=timezone.now() - timedelta(seconds=1)
    )


def started(kinds=KINDS):
    """A batch of a round whose letters have nothing queued but what the test queues."""
    _story, found, by = told()
    # Of the minutes and of acknowledgements nothing is told here.
    Document.objects.exclude(kind__in=KINDS).filter(Document.WAITING).update(
        next_attempt_at=timezone.now() + timedelta(days=1)
    )
    empty_redis()
    batch = start_batch(found, kinds, by=by)
    overdue()
    sweep_jobs()
    return batch, by


def kept():
    return {path for path in Path(current.MEDIA_ROOT).rglob("documents/*") if path.is_file()}


def files_of(found):
    paths = [
        file.path for one in found for file in (one.file, one.archive, one.rendered_file) if file
    ]
    return {Path(path) for path in paths}


def all_made():
    return not letters().exclude(state="ready").exists()


def require_made_once(batch):
    """Each letter of the batch is there, with its own files and no others, and the batch is done."""
    assert letters().filter(state="ready", batched__batch=batch).count() == batch.letters.count()
    made = list(Document.objects.exclude(rendered_at=None))
    assert kept() == files_of(made)
    finish_batches()
    batch.refresh_from_db()
    assert batch.state == LetterBatch.State.DONE


def test_a_worker_killed_in_the_middle_leaves_the_rest_to_the_next(worker, rendering_mark):
    batch, _by = started()
    first = worker(slow_seconds=60)
    wait_for(rendering_mark.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    empty_redis()
    overdue()
    sweep_jobs()
    worker()
    wait_for(all_made)
    require_made_once(batch)
    assert sorted(letters().values_list("attempts", flat=True)) == [1] * 8 + [2]


def test_redis_emptied_while_it_is_paused_costs_nothing(worker):
    batch, by = started(["refusal"])
    pause_batch(batch, by=by)
    empty_redis()
    overdue()
    worker()
    # What is paused is not handed out.
    assert sweep_jobs() >= letters().exclude(kind="refusal").count()
    wait_for(lambda: not letters().exclude(kind="refusal").exclude(state="ready").exists())
    assert set(letters().filter(kind="refusal").values_list("state", "attempts")) == {
        ("pending", 0)
    }
    resume_batch(batch, by=by)
    empty_redis()
    overdue()
    sweep_jobs()
    wait_for(all_made)
    require_made_once(batch)


def test_a_letter_stops_between_its_two_steps_when_the_batch_is_paused(sealing, monkeypatch):
    batch, by = started(["refusal"])
    letter = letters().get(kind="refusal", language="ar")

    keep = making._keep_rendering

    def keep_and_pause(document):
        keep(document)
        pause_batch(batch, by=by)

    monkeypatch.setattr(making, "_keep_rendering", keep_and_pause)
    assert render_document(letter.pk) is False
    letter.refresh_from_db()
    assert letter.state == "rendered"
    assert render_document(letter.pk) is False
    resume_batch(batch, by=by)
    assert render_document(letter.pk) is True
    once = letter.rendered_at
    letter.refresh_from_db()
    assert (letter.state, letter.rendered_at) == ("ready", once)


def test_a_disk_that_is_full_between_rendering_and_sealing_costs_no_letter(
    sealing, files_on_small_disk, monkeypatch
):
    batch, _by = started(["refusal"])
    french = letters().get(kind="refusal", language="fr")

    def no_key():
        raise keys.NoSeal("away")

    with monkeypatch.context() as away:
        away.setattr(keys, "sealing_key", no_key)
        render_document(french.pk)
    files_on_small_disk.fill()
    # What is rendered already first: all of them do not fit on so small a disk.
    of_batch = [one.pk for one in letters().filter(kind="refusal").order_by("-language")]
    for _number in range(2 * Document.MAX_ATTEMPTS):
        assert not any(render_document(key) for key in of_batch)
    assert set(letters().filter(kind="refusal").values_list("language", "state", "attempts")) == {
        ("ar", "pending", 0),
        ("en", "pending", 0),
        ("fr", "rendered", 0),
    }
    rendered = Document.objects.get(pk=french.pk).rendered_at
    files_on_small_disk.make_room()
    for key in of_batch:
        assert render_document(key) is True
        made = Document.objects.get(pk=key)
        if key == french.pk:
            assert made.rendered_at == rendered
        for file in (made.file, made.archive):
            Path(file.path).unlink()
    finish_batches()
    batch.refresh_from_db()
    assert batch.state == LetterBatch.State.DONE


def test_what_somebody_waits_for_on_a_screen_jumps_the_queue(worker):
    batch, _by = started()
    overdue()
    # Queued behind all others, and then looked at.
    order = list(letters().order_by("-next_attempt_at", "pk"))
    waited_for = order[-1]
    hurry(waited_for)
    first_languages = letters().filter(priority=Document.Priority.MAIL).exclude(pk=waited_for.pk)
    mailed = set(first_languages.values_list("pk", flat=True))
    assert mailed
    worker()
    wait_for(all_made)
    by_time = list(letters().order_by("rendered_at").values_list("pk", flat=True))
    assert by_time[0] == waited_for.pk
    # Then those for which an e-mail waits, then what the batch alone asked for.
    assert set(by_time[1 : 1 + len(mailed)]) == mailed
    require_made_once(batch)
