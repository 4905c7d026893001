"""Documents as others ask for them: about a record, by code, due to be made."""

from __future__ import annotations

from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from accounts.models import User
from conduct.queries.scoping import for_system
from documents.rules.codes import typed_code

from .models import Document
from .permissions import may_read_document


class Which(StrEnum):
    """The files that there are of one document."""

    ISSUED = "issued"
    ARCHIVE = "archive"
    # As it was rendered, before the seal was put on it.
    UNSEALED = "unsealed"


@for_system("of records that the page has found")
def documents_about(*records: models.Model) -> QuerySet[Document]:
    """The documents about any of the records, newest first; withdrawn and superseded ones too."""
    if not records:
        return Document.objects.none()
    return Document.objects.filter(reduce(or_, (_is_about(record) for record in records))).order_by(
        "-issued_at", "kind", "language"
    )


@for_system("of a record that an action holds")
def current_document(kind_slug: str, about: models.Model, language: str) -> Document | None:
    """The document of this kind about the record that holds today, where there is one."""
    return Document.objects.filter(
        _is_about(about), kind=kind_slug, language=language, validity=Document.Validity.CURRENT
    ).first()


@for_system("whoever has the code of a letter may ask whether it is genuine")
def document_with_code(text: str) -> Document | None:
    """The document that bears the code that somebody typed, however they typed it."""
    code = typed_code(text)
    return Document.objects.filter(code=code).first() if code else None


@for_system("whoever has the very file of a letter may ask whether it holds")
def document_with_file(sha256: str) -> Document | None:
    """The document of which a file has this SHA-256 (hex, lower case): see `Which`."""
    if not sha256:
        return None
    return Document.objects.filter(
        Q(file_sha256=sha256) | Q(archive_sha256=sha256) | Q(rendered_sha256=sha256)
    ).first()


def which_file(document: Document, sha256: str) -> Which | None:
    """Which of the document's files has this SHA-256; None where none has it.

    What was rendered counts once it is sealed only: before, nobody has been given anything.
    """
    if not document.is_ready or not sha256:
        return None
    for which, known in (
        (Which.ISSUED, document.file_sha256),
        (Which.ARCHIVE, document.archive_sha256),
        (Which.UNSEALED, document.rendered_sha256),
    ):
        if constant_time_compare(sha256, known):
            return which
    return None


def begins_with(document: Document, size: int, sha256: str) -> bool:
    """Whether a file whose first `size` bytes have this SHA-256 begins with the one that we issued."""
    return (
        document.is_ready
        and size == document.size
        and constant_time_compare(sha256, document.file_sha256)
    )


@for_system("those who look after the portal are told, and given no name")
def waiting_for_seal() -> QuerySet[Document]:
    """Letters that are made and for whose seal there was no key when it was tried, oldest first."""
    return Document.objects.filter(
        state=Document.State.RENDERED,
        validity=Document.Validity.CURRENT,
        last_error__startswith="NoSeal",
    ).order_by("rendered_at")


@for_system("what has taken the place of a letter is told to whoever has its code")
def document_in_force(document: Document) -> Document | None:
    """The document that holds today in the place of one that was superseded, where there is one."""
    return Document.objects.filter(
        content_type=document.content_type_id,
        object_id=document.object_id,
        kind=document.kind,
        language=document.language,
        validity=Document.Validity.CURRENT,
    ).first()


def _is_about(record: models.Model) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk))


def document_visible_to(user: User | AnonymousUser, document_id: UUID) -> Document | None:
    """The document, for who may read what it is about."""
    document = Document.objects.filter(pk=document_id).first()
    return document if document and may_read_document(user, document) else None
