"""Making the file of a document: by one worker, once, whatever dies in between.

The row is pending until the file and what is known of it are committed together. A worker that is
killed leaves the row pending and its lock falls with its connection; at worst a file under a random
name stays behind, which no row knows.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from documents.models import Document
from jobs.actions.conducting import MakingConductor


class MakingDocuments(MakingConductor[Document]):
    """Renders the frozen facts of a document."""

    model = Document
    action = "render_document"

    def make(self, document: Document) -> list[str]:
        # Here, and not above: WeasyPrint costs the web processes a second and 60 MB they do not need.
        from documents.rendering.pdf import render  # noqa: PLC0415

        rendered = render(document)
        document.file_sha256 = hashlib.sha256(rendered.content).hexdigest()
        document.size, document.pages = len(rendered.content), rendered.pages
        document.rendered_at = timezone.now()
        document.file.save("", ContentFile(rendered.content), save=False)
        return ["file", "file_sha256", "size", "pages", "rendered_at"]

    def discard(self, document: Document) -> None:
        document.file.delete(save=False)


DOCUMENTS = MakingDocuments()


def render_document(document_id: UUID | str) -> bool:
    """Make the file of a pending document; whether this call made it."""
    return DOCUMENTS.conduct(document_id)
