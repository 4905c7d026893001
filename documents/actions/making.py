"""Making the file of a document: rendered, then sealed; each once, whatever dies in between.

The two steps are two transactions. What was rendered is committed with its file, so that a worker
that is killed, a full disk or a key that cannot be used leaves a row that the next attempt seals and
does not render anew. A worker that is killed leaves the row waiting and its lock falls with its
connection; at worst a file under a random name stays behind, which no row knows.

Where no certificate is named, or the kind proves nothing, the file is ready once it is rendered.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from conduct.actions import move
from documents.models import Document
from documents.queries import is_left_alone, left_alone
from documents.sealing import is_sealing
from jobs.actions.conducting import MakingConductor

if TYPE_CHECKING:
    from documents.rendering.pdf import Rendered

_RENDERED = (
    "pages",
    "rendered_at",
    "rendered_sha256",
    "rendered_size",
    "archive",
    "archive_sha256",
)
_FILE = ("file", "file_sha256", "size")
_SEAL = ("sealed_at", "sealed_by", "seal_fingerprint", "seal_is_self_made", "seal_valid_until")


class MakingDocuments(MakingConductor[Document]):
    """Renders the frozen facts of a document, and seals what was rendered."""

    model = Document
    action = "render_document"
    sweep_order = ("priority", "next_attempt_at")

    def waiting(self) -> QuerySet[Document]:
        return super().waiting().exclude(is_left_alone())

    def held(self, key: Any) -> Document | None:
        document = super().held(key)
        # Asked once the row is ours: a batch may have been paused between two steps.
        if document is not None and left_alone(document).exists():
            return None
        return document

    def work(self, begun: Document) -> bool:
        if begun.state == Document.State.PENDING and must_be_sealed(begun):
            with self.in_one_step():
                document = self.held(begun.pk)
                if document is None or document.state != Document.State.PENDING:
                    return False
                _keep_rendering(document)
        return super().work(begun)

    def make(self, document: Document) -> list[str]:
        if document.waits_for_seal:
            return _seal(document)
        _render(document, document.file)
        document.file_sha256, document.size = document.rendered_sha256, document.rendered_size
        return [*_RENDERED, *_FILE]

    def discard(self, document: Document) -> None:
        document.file.delete(save=False)
        if not document.sealed_at:
            # The archive copy came with this very rendering.
            document.archive.delete(save=False)


DOCUMENTS = MakingDocuments()


def render_document(document_id: UUID | str) -> bool:
    """Make the file of a pending document; whether this call made it."""
    return DOCUMENTS.conduct(document_id)


def must_be_sealed(document: Document) -> bool:
    """Whether it is issued with a seal: it proves something, and a certificate is named."""
    return document.proves and is_sealing()


def _render(document: Document, kept_as: FieldFile) -> None:
    """Render the document and store the file, and its copy for the archive; the row knows both."""
    # Here, and not above: WeasyPrint costs the web processes a second and 60 MB they do not need.
    from documents.rendering.pdf import render  # noqa: PLC0415

    rendered: Rendered = render(document)
    document.rendered_sha256 = _sha256(rendered.content)
    document.rendered_size, document.pages = len(rendered.content), rendered.pages
    document.rendered_at = timezone.now()
    if document.proves:
        document.archive_sha256 = _sha256(rendered.archive)
        document.archive.save("", ContentFile(rendered.archive), save=False)
    try:
        kept_as.save("", ContentFile(rendered.content), save=False)
    except Exception:
        document.archive.delete(save=False)
        raise


def _keep_rendering(document: Document) -> None:
    """Keep what was rendered until it is sealed."""
    _render(document, document.rendered_file)
    try:
        move(document, Document.State.RENDERED)
        document.save(update_fields=[*_RENDERED, "rendered_file", "state"])
    except Exception:
        document.rendered_file.delete(save=False)
        document.archive.delete(save=False)
        raise


def _seal(document: Document) -> list[str]:
    """Seal what was rendered. Raises NoSeal while there is no key for it."""
    # Here, and not above: pyHanko takes a third of a second to be loaded.
    from documents.sealing.keys import sealing_key  # noqa: PLC0415
    from documents.sealing.sealing import sealed  # noqa: PLC0415

    key = sealing_key()
    with document.rendered_file.open() as file:
        rendered = file.read()
    if _sha256(rendered) != document.rendered_sha256:
        raise ValueError("The rendered file is not the one that was stored.")
    with override(document.language):
        said = _("Seal of %(holder)s") % {"holder": key.holder}
    content = sealed(rendered, key, said=said)
    document.file_sha256, document.size = _sha256(content), len(content)
    document.sealed_at, document.sealed_by = timezone.now(), key.holder
    document.seal_fingerprint, document.seal_is_self_made = key.fingerprint, key.is_self_made
    document.seal_valid_until = key.valid_until
    document.file.save("", ContentFile(content), save=False)
    _let_go(document.rendered_file)
    document.rendered_file = ""
    return [*_FILE, *_SEAL, "rendered_file"]


def _let_go(file: FieldFile) -> None:
    """Delete the rendered file once the sealed one, which begins with it, is committed."""
    transaction.on_commit(partial(file.storage.delete, file.name or ""), robust=True)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
