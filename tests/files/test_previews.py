"""Previews: made by a worker from a row, small, and shown to whoever may have the file."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from threading import Thread
from time import sleep

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone
from PIL import Image

from conduct.actions import move
from files.actions.making import PREVIEWS, make_preview
from files.actions.previews import forget_preview, request_preview
from files.models import Preview
from files.views.serving import preview_picture
from files.wording import kinds
from jobs.tasks import sweep_jobs
from tests.documents.conftest import wait_for, worker
from tests.files import samples

__all__ = ["worker"]

pytestmark = pytest.mark.django_db


class Stored:
    def __init__(self, content):
        self.name = default_storage.save("attachments/00ff", samples.named("00ff", content))


def made(content, kind):
    file = Stored(content)
    preview = request_preview(file, kind.content_type)
    assert make_preview(preview.pk) is True
    preview.refresh_from_db()
    return file, preview


def shown(file, number, **headers):
    request = RequestFactory().get("/", headers=headers)
    return preview_picture(request, file, number, sha256="ab" * 32)


def test_first_pages_of_a_pdf_become_pictures():
    file, preview = made(samples.pdf(pages=5), kinds.PDF)
    assert (preview.pages, preview.pictured) == (5, 3)
    thumbnail = Image.open(BytesIO(b"".join(shown(file, 0))))
    assert (thumbnail.format, thumbnail.size) == ("WEBP", (198, 280))
    assert Image.open(BytesIO(b"".join(shown(file, 3)))).size == (990, 1400)
    with pytest.raises(Http404):
        shown(file, 4)


@pytest.mark.parametrize("kind", [kinds.PNG, kinds.JPEG, kinds.WEBP])
def test_a_picture_is_made_small(kind):
    name = kind.content_type.partition("/")[2].upper()
    file, preview = made(samples.picture(name, (3000, 2000)), kind)
    assert (preview.width, preview.height, preview.pictured) == (3000, 2000, 1)
    content = b"".join(shown(file, 0))
    assert Image.open(BytesIO(content)).size == (220, 147)
    assert len(content) < 5000


def test_where_a_photograph_was_taken_is_not_told():
    content = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "A camera"
    Image.new("RGB", (80, 60)).save(content, "JPEG", exif=exif)
    assert b"A camera" in content.getvalue()
    file, _preview = made(content.getvalue(), kinds.JPEG)
    assert b"A camera" not in b"".join(shown(file, 1))


def test_texts_and_workbooks_tell_how_much_there_is():
    _file, text = made(samples.word("We grow by two new services."), kinds.DOCX)
    assert (text.words, text.pictured) == (6, 0)
    _file, book = made(samples.workbook(), kinds.XLSX)
    assert (book.sheets, book.pictured) == (1, 0)


def test_a_browser_asks_again_and_pays_a_few_bytes():
    file, _preview = made(samples.pdf(), kinds.PDF)
    first = shown(file, 0)
    assert first["Cache-Control"] == "private, no-cache"
    again = shown(file, 0, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_that_goes_takes_its_pictures_along(django_capture_on_commit_callbacks):
    file, preview = made(samples.pdf(), kinds.PDF)
    names = [preview.picture(number) for number in (0, 1)]
    assert all(default_storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        forget_preview(file)
    assert not any(default_storage.exists(name) for name in names)
    assert not Preview.objects.exists()


def test_a_file_that_cannot_be_drawn_is_given_up_at_once():
    preview = request_preview(Stored(b"no picture"), kinds.PNG.content_type)
    assert make_preview(preview.pk) is False
    assert Preview.objects.get().state == "failed"


def test_a_storage_that_is_away_is_asked_again_some_times(monkeypatch):
    def away(*_arguments):
        raise OSError("The storage does not answer.")

    preview = request_preview(Stored(samples.picture()), kinds.PNG.content_type)
    monkeypatch.setattr(default_storage, "open", away)
    for _attempt in range(3):
        assert make_preview(preview.pk) is False
        assert Preview.objects.get().state == "pending"
    assert make_preview(preview.pk) is False
    assert Preview.objects.get().state == "failed"


def test_a_preview_whose_task_was_lost_is_queued_again():
    preview = request_preview(Stored(samples.pdf()), kinds.PDF.content_type)
    assert PREVIEWS.claim_due() == []
    later = timezone.now() + timedelta(minutes=1)
    assert PREVIEWS.claim_due(later) == [preview.pk]
    assert PREVIEWS.claim_due(later) == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_what_the_sweeper_found(worker):
    preview = request_preview(Stored(samples.pdf()), kinds.PDF.content_type)
    Preview.objects.update(next_attempt_at=timezone.now())
    worker()
    sweep_jobs()
    wait_for(lambda: Preview.objects.get(pk=preview.pk).state == "ready")


@pytest.mark.django_db(transaction=True)
def test_pictures_that_are_being_drawn_while_their_file_goes_go_too():
    file = Stored(samples.picture())
    preview = request_preview(file, kinds.PNG.content_type)

    def forget():
        try:
            with transaction.atomic():
                forget_preview(file)
        finally:
            connection.close()

    going = Thread(target=forget)
    # A worker that holds the row, and says at its end what it has drawn.
    with transaction.atomic():
        row = Preview.objects.select_for_update().get(pk=preview.pk)
        going.start()
        wait_until_somebody_waits()
        row.folder, row.pictured = "previews/ab", 1
        for name in row.pictures:
            default_storage.save(name, ContentFile(b"a picture"))
        move(row, row.State.READY)
        row.save()
    going.join()
    assert not Preview.objects.exists()
    assert not any(default_storage.exists(name) for name in row.pictures)


def wait_until_somebody_waits():
    """Return once another connection waits for a row that this one holds."""
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone() is not None:
                return
        sleep(0.05)
    raise AssertionError("Nobody waits.")
