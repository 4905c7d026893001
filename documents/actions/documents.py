"""Every write about documents. Whether a person may issue one is for the room's action to say."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import OutOfOrder, action, constraints_of, judged, locked
from conduct.actions.queueing import queue_after_commit
from documents.actions.facts import Facts, facts_sha256, frozen
from documents.kinds import DocumentKind, kind
from documents.models import Document
from documents.permissions import may_retry_document
from documents.queries import current_document
from documents.tasks import render_document
from jobs.actions.attempts import revive


@action(_("Document issued"))
def issue_document(
    kind: DocumentKind | str,
    about: models.Model,
    facts: Facts,
    *,
    language: str,
    by: User | None,
    reference: str = "",
) -> Document:
    """Write down what a document states; a worker makes the file after the commit.

    `facts` are JSON (amounts and dates as text) in the words of `language`, best with a `date`;
    they are frozen. `by` is None for the system. Issued again with the same facts, the document
    that holds is returned, so that an event makes its letter once; with others, it is superseded
    by the new one. Raises Refused when somebody else issues it at the same instant.
    """
    slug = kind if isinstance(kind, str) else kind.slug
    facts = frozen(facts)
    digest = facts_sha256(facts)
    current = current_document(slug, about, language)
    if current is not None:
        current = locked(current)
        if current.facts_sha256 == digest and current.reference == reference:
            return current
        if current.is_current:
            _end(current, Document.Validity.SUPERSEDED)
    with constraints_of(Document):
        document = Document.objects.create(
            kind=_registered(slug),
            content_type=ContentType.objects.get_for_model(about),
            object_id=str(about.pk),
            language=language,
            reference=reference,
            facts=facts,
            facts_sha256=digest,
            issued_by=by,
            next_attempt_at=Document.first_turn(),
        )
    _queue(document)
    return document


@action(_("Documents issued"))
def issue_in_every_language(
    kind: DocumentKind | str,
    about: models.Model,
    facts_of: Callable[[], Facts],
    *,
    by: User | None,
    reference: str = "",
) -> dict[str, Document]:
    """Issue one document in each of the portal's languages; by language code.

    `facts_of` is called once for each, with that language active, so that names and labels among
    the facts are in the language of the letter.
    """
    issued = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            facts = facts_of()
        issued[language] = issue_document(
            kind, about, facts, language=language, by=by, reference=reference
        )
    return issued


@action(_("Document withdrawn"))
def withdraw_document(document: Document, *, by: User | None, reason: str) -> Document:
    """Declare that a document no longer holds, for a `reason` that stays with it.

    The file remains, and its verification page says that it was withdrawn. Raises OutOfOrder when
    it is superseded or withdrawn already.
    """
    document = locked(document)
    _require_current(document)
    document.withdrawal_reason = reason
    with constraints_of(Document):
        _end(document, Document.Validity.WITHDRAWN)
    return document


@action(_("Document made again"))
def retry_document(document: Document, *, by: User) -> Document:
    """Try again to make a document that failed. Raises NotAllowed, or OutOfOrder unless it failed.

    Nothing that it states changes.
    """
    document = revive(judged(document, may_retry_document, by=by))
    _queue(document)
    return document


def _registered(slug: str) -> str:
    """The slug, once it is sure that a room registered it (KeyError otherwise)."""
    return kind(slug).slug


def _require_current(document: Document) -> None:
    if not document.is_current:
        raise OutOfOrder(_("The document no longer holds."))


def _end(document: Document, validity: str) -> None:
    document.validity = validity
    document.save(update_fields=["validity", "withdrawal_reason"])


def _queue(document: Document) -> None:
    queue_after_commit(render_document, str(document.pk))
