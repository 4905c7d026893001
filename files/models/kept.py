"""A file that belongs to a record, and what is known of it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

# What never changes of a kept file, for the trigger that fixes it.
KEPT = ("file", "name", "content_type", "size", "sha256")


def kept_path(row: KeptFile, _filename: str) -> str:
    """A random name in the folder of its kind, so that nothing can be guessed from it."""
    return f"{row.FOLDER}/{uuid.uuid4().hex}"


class KeptFile(models.Model):
    """The columns of a private file: its safe name, type by content, size in bytes, SHA-256 in hex.

    All but `file` are what files.actions.inspection.Inspected says of an upload. A picture that was
    drawn anew keeps the hash of what was chosen, so that it is known when it is chosen again.
    """

    # Where the bytes lie in the storage.
    FOLDER: ClassVar[str]

    file = models.FileField(_("file"), upload_to=kept_path, max_length=120)
    name = models.CharField(_("name of the file"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size (bytes)"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        abstract = True

    @property
    def kept(self) -> dict[str, Any]:
        """What another row takes over that keeps the same bytes."""
        return {name: getattr(self, name) for name in KEPT}
