"""Making previews: by a worker, in a process of their own, since files are strangers.

The row is pending until its pictures are there; a worker that is killed leaves it to the sweeper.
"""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db import transaction

from files.actions.confined import GaveUp
from files.actions.looking import look
from files.models import Preview
from files.reading.found import Found
from jobs.actions.conducting import Hopeless, MakingConductor


class MakingPreviews(MakingConductor[Preview]):
    """Draws the pictures of a stored file's first pages.

    A file that cannot be drawn within the limits is given up at once, any other trouble after some
    attempts: the page then says that there is no preview.
    """

    model = Preview
    sweep_limit = 200

    def make(self, preview: Preview) -> list[str]:
        preview.folder = f"previews/{uuid4().hex}"
        try:
            with default_storage.open(preview.source) as file:
                look(preview, cast(BinaryIO, file))
        except (Found, GaveUp) as error:
            if isinstance(error, GaveUp) and error.may_pass:
                raise
            # It would end the same way each time, and take as long.
            raise Hopeless from error
        return ["folder", "pictured", "pages", "sheets", "words", "width", "height"]

    def discard(self, preview: Preview) -> None:
        for name in preview.pictures:
            default_storage.delete(name)


PREVIEWS = MakingPreviews()


def make_preview(preview_id: int) -> bool:
    """Make the pictures of a pending preview; whether this call made them."""
    return PREVIEWS.conduct(preview_id)


def delete_pictures(preview: Preview) -> None:
    """Delete the pictures once the surrounding transaction is committed."""
    names = preview.pictures

    def delete() -> None:
        for name in names:
            default_storage.delete(name)

    if names:
        transaction.on_commit(delete, robust=True)
