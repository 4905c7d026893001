"""Making the file of a document: by one worker, once, whatever dies in between.

The row is pending until the file and what is known of it are committed together. A worker that is
killed leaves the row pending and its lock falls with its connection; at worst a file under a random
name stays behind, which no row knows.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from uuid import UUID

import pghistory
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from conduct.actions import move
from jobs.attempts import begin_attempt, claim_due, note_failure

from .models import Document

logger = logging.getLogger(__name__)

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
    return claim_due(Document.objects.all(), limit=SWEEP_LIMIT, now=now)


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
    return document is not None and begin_attempt(document)


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
    if document is not None:
        note_failure(document, error)
