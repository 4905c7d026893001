"""A letter is sealed once, and what keeps it from being sealed loses nothing."""

from __future__ import annotations

import asyncio
import hashlib
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from documents.actions.making import DOCUMENTS, render_document
from documents.models import Document
from documents.rendering.archiving import attached_facts
from documents.rendering.pdf import render
from documents.sealing import keys
from documents.sealing.sealing import sealed
from tests.documents.checking import PDF_A, PDF_UA, failures, issued, kept, made, seals_of
from tests.documents.conftest import HOLDER, wait_for
from tests.documents.samples import sample_document
from tests.full import files_on_small_disk, small_disk

__all__ = ["files_on_small_disk", "small_disk"]

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_loop(coroutine):
    """What the coroutine returns, run in a loop of its own thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine()).result()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_letter_is_rendered_then_sealed(sealing, language):
    letter = made(language=language)
    content = letter.file.read()
    (seal,) = seals_of(content, trusted=sealing)
    assert (seal.intact, seal.valid, seal.trusted, seal.bottom_line) == (True, True, True, True)
    assert seal.coverage.name == "ENTIRE_FILE"
    assert failures(content, PDF_UA) == []
    # Two hashes: of what is served, and of what anybody renders again from the facts.
    assert letter.file_sha256 == sha256(content)
    rendered = content[: letter.rendered_size]
    assert letter.rendered_sha256 == sha256(rendered) == sha256(render(letter).content)
    assert (letter.sealed_by, letter.seal_is_self_made) == (HOLDER, True)
    assert kept() == {Path(letter.file.path), Path(letter.archive.path)}


def test_the_archive_copy_is_of_the_same_rendering_and_holds_the_facts(sealing):
    letter = made(language="ar")
    archive = letter.archive.read()
    assert sha256(archive) == letter.archive_sha256 == sha256(render(letter).archive)
    assert failures(archive, PDF_A) == []
    assert attached_facts(archive) == letter.facts


def test_what_proves_nothing_is_not_sealed(sealing):
    draft = made("score-draft")
    assert draft.is_ready
    assert (draft.sealed_at, draft.archive.name) == (None, "")
    assert seals_of(draft.file.read()) == []


def test_one_changed_byte_breaks_the_seal(sealing):
    content = bytearray(made().file.read())
    content[len(content) // 3] ^= 1
    (seal,) = seals_of(bytes(content), trusted=sealing)
    assert not seal.intact


def test_never_two_seals(sealing):
    letter = made()
    for _again in range(2):
        assert render_document(letter.pk) is False
    content = Document.objects.get(pk=letter.pk).file.read()
    assert len(seals_of(content)) == 1
    with pytest.raises(ValueError, match="already"):
        sealed(content, keys.sealing_key(), said="x")


def test_a_worker_killed_while_it_seals_leaves_the_rendering_to_the_next(
    worker, rendering_mark, sealing
):
    first = worker(slow_seal=60)
    letter = issued()
    wait_for(rendering_mark.with_name("sealing").exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    letter.refresh_from_db()
    assert letter.state == "rendered"
    Document.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    worker()
    wait_for(lambda: DOCUMENTS.claim_due() or Document.objects.get(pk=letter.pk).is_pending)
    render_document(letter.pk)
    wait_for(lambda: Document.objects.get(pk=letter.pk).is_ready)
    sealed_one = Document.objects.get(pk=letter.pk)
    assert sealed_one.rendered_at == letter.rendered_at
    assert len(seals_of(sealed_one.file.read())) == 1
    assert kept() == {Path(sealed_one.file.path), Path(sealed_one.archive.path)}


def test_a_disk_that_is_full_between_the_two_costs_nothing(
    sealing, files_on_small_disk, monkeypatch
):
    letter = issued()

    def no_key():
        raise keys.NoSeal("away")

    with monkeypatch.context() as away:
        away.setattr(keys, "sealing_key", no_key)
        render_document(letter.pk)
    files_on_small_disk.fill()
    for _number in range(2 * Document.MAX_ATTEMPTS):
        assert render_document(letter.pk) is False
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("rendered", 0)
    assert letter.no_space_since
    files_on_small_disk.make_room()
    assert render_document(letter.pk) is True
    letter.refresh_from_db()
    assert len(seals_of(letter.file.read())) == 1


def test_a_sealing_that_fails_is_tried_again_from_where_it_stood(sealing, monkeypatch, client):
    letter = issued()

    def breaks(*_args, **_options):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("documents.sealing.sealing.sealed", breaks)
        for _number in range(Document.MAX_ATTEMPTS):
            render_document(letter.pk)
    failed = Document.objects.get(pk=letter.pk)
    assert (failed.state, failed.last_error) == ("failed", "ZeroDivisionError: ")
    from jobs.actions.attempts import revive

    assert revive(failed).state == "rendered"
    assert render_document(letter.pk) is True
    assert Document.objects.get(pk=letter.pk).rendered_at == failed.rendered_at


def test_a_rendering_that_was_changed_on_the_disk_is_not_sealed(sealing, monkeypatch):
    letter = issued()
    with monkeypatch.context() as broken:
        broken.setattr("documents.sealing.sealing.sealed", None)
        render_document(letter.pk)
    letter.refresh_from_db()
    Path(letter.rendered_file.path).write_bytes(b"%PDF-1.7 another")
    assert render_document(letter.pk) is False
    letter.refresh_from_db()
    assert "not the one that was stored" in letter.last_error


def test_where_no_certificate_is_named_letters_are_issued_without_a_seal():
    letter = made()
    assert letter.is_ready
    assert letter.file_sha256 == letter.rendered_sha256
    assert letter.archive
    assert seals_of(letter.file.read()) == []


def test_the_same_facts_give_the_same_archive_copy():
    first, second = (render(sample_document("award", "ar")).archive for _number in range(2))
    assert first == second


def test_a_letter_is_sealed_where_an_event_loop_runs_already(sealing):
    """As under an asynchronous server, or beside a browser that is driven."""
    letter = made()
    rendered = letter.file.read()[: letter.rendered_size]

    async def seal():
        return sealed(rendered, keys.sealing_key(), said="Seal")

    (found,) = seals_of(in_a_loop(seal), trusted=sealing)
    assert found.bottom_line
