"""Making the file of a document: by one worker, once, whatever dies in between.

The row is pending until the file and what is known of it are committed together. A worker that is
killed leaves the row pending and its lock falls with its connection; at worst a file under a random
name stays behind, which no row knows.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta
from uuid import UUID

import pghistory
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from records.states import move

from .models import Document
from .queries import due_documents

logger = logging.getLogger(__name__)

# How long the task that was queued with the row has before the sweeper queues another.
PATIENCE = timedelta(seconds=20)
MAX_ATTEMPTS = 5
# One sweep hands out so many; the next comes seconds later.
SWEEP_LIMIT = 500


def render_document(document_id: UUID | str) -> bool:
    """Make the file of a pending document; whether this call made it.

    Does nothing when it is made already, has failed for good, or another worker is at it. An error
    is written on the row, which waits longer before each further attempt and fails after the last.
    """
    if not _begin(document_id):
        return False
    try:
        with pghistory.context(action="render_document"), transaction.atomic():
            return _make(document_id)
    except Exception as error:
        logger.exception("Document %s could not be made", document_id)
        _note_failure(document_id, error)
        return False


def claim_due_documents(now: datetime | None = None) -> list[UUID]:
    """The documents to queue again; each is left alone for a while, so that queues do not grow.

    Documents that a worker is making hold a lock and are passed by.
    """
    now = now or timezone.now()
    with transaction.atomic():
        due = list(
            due_documents(now)
            .select_for_update(skip_locked=True)
            .values_list("pk", flat=True)[:SWEEP_LIMIT]
        )
        Document.objects.filter(pk__in=due).update(next_attempt_at=now + PATIENCE)
    return due


def _pending_and_unlocked(document_id: UUID | str) -> Document | None:
    return (
        Document.objects.select_for_update(skip_locked=True)
        .filter(pk=document_id, state=Document.State.PENDING)
        .first()
    )


@transaction.atomic
def _begin(document_id: UUID | str) -> bool:
    """Count the attempt before it is made: a document that kills every worker must end too."""
    document = _pending_and_unlocked(document_id)
    if document is None:
        return False
    if document.attempts >= MAX_ATTEMPTS:
        document.last_error = document.last_error or "The worker was killed while making it."
        move(document, Document.State.FAILED)
    else:
        document.attempts += 1
        document.next_attempt_at = timezone.now() + PATIENCE * 2 ** (document.attempts - 1)
    document.save(update_fields=["state", "attempts", "last_error", "next_attempt_at"])
    return document.is_pending


def _make(document_id: UUID | str) -> bool:
    document = _pending_and_unlocked(document_id)
    if document is None:
        return False
    # Here, and not above: WeasyPrint costs the web processes a second and 60 MB they do not need.
    from .rendering import render

    rendered = render(document)
    document.file.save("", ContentFile(rendered.content), save=False)
    try:
        document.file_sha256 = hashlib.sha256(rendered.content).hexdigest()
        document.size, document.pages = len(rendered.content), rendered.pages
        document.rendered_at, document.last_error = timezone.now(), ""
        move(document, Document.State.READY)
        document.save(
            update_fields=[
                "file",
                "file_sha256",
                "size",
                "pages",
                "rendered_at",
                "last_error",
                "state",
            ]
        )
    except Exception:
        document.file.delete(save=False)
        raise
    return True


@transaction.atomic
def _note_failure(document_id: UUID | str, error: Exception) -> None:
    document = _pending_and_unlocked(document_id)
    if document is None:
        return
    document.last_error = f"{type(error).__name__}: {error}"[:2000]
    if document.attempts >= MAX_ATTEMPTS:
        move(document, Document.State.FAILED)
    document.save(update_fields=["last_error", "state"])
