"""Documents as others ask for them: about a record, by code, due to be made."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet

from documents.rules.codes import typed_code

from .models import Document


def documents_about(*records: models.Model) -> QuerySet[Document]:
    """The documents about any of the records, newest first; withdrawn and superseded ones too."""
    if not records:
        return Document.objects.none()
    return Document.objects.filter(reduce(or_, (_is_about(record) for record in records))).order_by(
        "-issued_at", "kind", "language"
    )


def current_document(kind_slug: str, about: models.Model, language: str) -> Document | None:
    """The document of this kind about the record that holds today, where there is one."""
    return Document.objects.filter(
        _is_about(about), kind=kind_slug, language=language, validity=Document.Validity.CURRENT
    ).first()


def document_with_code(text: str) -> Document | None:
    """The document that bears the code that somebody typed, however they typed it."""
    code = typed_code(text)
    return Document.objects.filter(code=code).first() if code else None


def _is_about(record: models.Model) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk))
