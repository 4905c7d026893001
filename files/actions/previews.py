"""Asking for a preview of a stored file, and doing without it again."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile

from conduct.actions.queueing import queue_after_commit
from files.actions.making import delete_pictures
from files.models import Preview
from files.tasks import make_preview


def request_preview(file: FieldFile, content_type: str) -> Preview:
    """Write down that a stored file wants a preview; a worker makes it after the commit.

    Called inside the action that stores the file.
    """
    preview = Preview.objects.create(
        source=file.name or "",
        content_type=content_type,
        next_attempt_at=Preview.first_turn(),
    )
    queue_after_commit(make_preview, preview.pk)
    return preview


def forget_preview(file: FieldFile) -> None:
    """Delete the preview of a file that goes, with its pictures once that is committed."""
    # Under their locks: a worker that is drawing them has its pictures on the disk, and names them at its
    # end.
    for preview in Preview.objects.select_for_update().filter(source=file.name):
        delete_pictures(preview)
        preview.delete()
