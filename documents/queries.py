"""Documents as others ask for them: about a record, by code, due to be made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.crypto import constant_time_compare

from accounts.models import User
from conduct.queries.scoping import for_system
from documents.rules.codes import typed_code

from .models import BatchedLetter, Document, LetterBatch
from .permissions import may_read_document

# Among which a person chooses one, and among how many those that they may read are looked for.
_NEWEST, _LOOKED_THROUGH = 20, 60


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


_LEFT_ALONE = Q(batch__state=LetterBatch.State.PAUSED) | Q(is_new=True, given_up_at__isnull=False)


@for_system("workers ask it of every letter")
def is_left_alone() -> Exists:
    """That no worker takes a letter: its batch is paused, or gave up what it had issued."""
    return Exists(BatchedLetter.objects.filter(_LEFT_ALONE, document=OuterRef("pk")))


@for_system("of a letter that a worker holds")
def left_alone(document: Document) -> QuerySet[BatchedLetter]:
    """The places in batches for which no worker takes this letter."""
    return BatchedLetter.objects.filter(_LEFT_ALONE, document=document)


@for_system("a room that knows who may read what belongs to a record narrows it")
def letters_about(
    kinds: Iterable[str], model: type[models.Model], records: QuerySet[Any]
) -> QuerySet[Document]:
    """The letters of these kinds that hold, about records of a model; newest versions alone."""
    keys = records.order_by().annotate(as_text=Cast("pk", models.CharField())).values("as_text")
    return Document.objects.filter(
        kind__in=kinds,
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=keys,
        validity=Document.Validity.CURRENT,
    )


@for_system("of a record that the page or action has found")
def batches_about(record: models.Model) -> QuerySet[LetterBatch]:
    """The batches of letters of a record, the newest first."""
    return LetterBatch.objects.filter(_is_about(record)).order_by("-started_at", "-pk")


@for_system("of a batch that the page or action has found")
def unfinished_in(batch: LetterBatch) -> QuerySet[Document]:
    """The letters for which the batch waits: not made, and not withdrawn or replaced meanwhile."""
    waited_for = batch.letters.filter(given_up_at=None).values("document")
    return Document.objects.filter(pk__in=waited_for, validity=Document.Validity.CURRENT).exclude(
        state=Document.State.READY
    )


@for_system("of records that an action holds")
def unmade(kind_slug: str, records: Sequence[models.Model]) -> QuerySet[Document]:
    """The documents of the kind that hold for these records and are not made."""
    content_types = ContentType.objects.get_for_models(*{type(one) for one in records})
    return Document.objects.filter(
        kind=kind_slug,
        content_type__in=content_types.values(),
        object_id__in=[str(one.pk) for one in records],
        validity=Document.Validity.CURRENT,
    ).exclude(state=Document.State.READY)


def _is_about(record: models.Model) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk))


def newest_letters(user: User, kind_slug: str, language: str) -> list[Document]:
    """The newest letters of a kind in a language that the person may read; twenty at most."""
    found = Document.objects.filter(
        kind=kind_slug, language=language, validity=Document.Validity.CURRENT
    ).order_by("-issued_at", "pk")
    latest = found.prefetch_related("about")[:_LOOKED_THROUGH]
    return list(islice((one for one in latest if may_read_document(user, one)), _NEWEST))


def document_visible_to(user: User | AnonymousUser, document_id: UUID) -> Document | None:
    """The document, for who may read what it is about."""
    document = Document.objects.filter(pk=document_id).first()
    return document if document and may_read_document(user, document) else None
