"""Making previews: by a worker, in a process of their own, since files are strangers.

The row is pending until its pictures are there; a worker that is killed leaves it to the sweeper.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import BinaryIO, cast
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db import transaction

from conduct.actions import move
from jobs.attempts import begin_attempt, claim_due, is_its_own_fault, set_aside, told

from .confined import GaveUp
from .looking import look
from .models import Preview
from .reading.found import Found

logger = logging.getLogger(__name__)

SWEEP_LIMIT = 200


def make_preview(preview_id: int) -> bool:
    """Make the pictures of a pending preview; whether this call made them.

    Does nothing when they are made, or another worker is at it. A file that cannot be drawn within
    the limits is given up at once, any other trouble after some attempts: the page then says that
    there is no preview.
    """
    if not _begin(preview_id):
        return False
    try:
        with transaction.atomic():
            return _make(preview_id)
    except Exception as error:
        logger.exception("Preview %s could not be made", preview_id)
        _note_failure(preview_id, error)
        return False


def claim_due_previews(now: datetime | None = None) -> list[int]:
    """The previews to queue again; each is left alone for a while, so that queues do not grow."""
    return claim_due(Preview.objects.all(), limit=SWEEP_LIMIT, now=now)


def delete_pictures(preview: Preview) -> None:
    """Delete the pictures once the surrounding transaction is committed."""
    if not preview.pictured:
        return
    names = [preview.picture(number) for number in (0, *preview.numbers)]

    def delete() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(delete)


def _pending_and_unlocked(preview_id: int) -> Preview | None:
    return (
        Preview.objects.select_for_update(skip_locked=True)
        .filter(pk=preview_id, state=Preview.State.PENDING)
        .first()
    )


@transaction.atomic
def _begin(preview_id: int) -> bool:
    """Count the attempt before it is made: a file that kills every worker must end too."""
    preview = _pending_and_unlocked(preview_id)
    return preview is not None and begin_attempt(preview)


@transaction.atomic
def _note_failure(preview_id: int, error: Exception) -> None:
    preview = _pending_and_unlocked(preview_id)
    if preview is None:
        return
    is_its_own_fault(preview, error)
    preview.save(update_fields=["attempts", "last_error", "next_attempt_at", "no_space_since"])


def _make(preview_id: int) -> bool:
    preview = _pending_and_unlocked(preview_id)
    if preview is None:
        return False
    preview.folder = f"previews/{uuid4().hex}"
    try:
        with default_storage.open(preview.source) as file:
            look(preview, cast(BinaryIO, file))
    except (Found, GaveUp) as error:
        if isinstance(error, GaveUp) and error.may_pass:
            raise
        # It would end the same way each time, and take as long.
        logger.warning("There is no preview of %s: %s", preview.source, error)
        set_aside(preview, told(error))
        return False
    move(preview, Preview.State.READY)
    preview.save()
    return True
