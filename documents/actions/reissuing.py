"""Issuing again what holds, with more facts than it stated."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import action, constraints_of
from documents.actions.facts import Facts, facts_sha256, frozen
from documents.actions.issuing import end, queue_rendering
from documents.kinds import DocumentKind
from documents.models import Document


@action(_("Documents issued again"))
def issue_again(
    kind: DocumentKind, about: models.Model, more: Callable[[], Facts], *, by: User | None
) -> dict[str, Document]:
    """Replace the documents of a kind that hold about a record by the same with `more`; by language.

    The facts stay as they were frozen, whatever the record and the wording say by now; `more` is
    called once for each, with its language active. They are written by the template and translation
    of today: a kind whose words must stay keeps them among its facts, as agreements do. Nothing is
    issued in a language in which none holds.
    """
    held = list(
        Document.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            kind=kind.slug,
            content_type=ContentType.objects.get_for_model(about),
            object_id=str(about.pk),
            validity=Document.Validity.CURRENT,
        )
        .order_by("pk")
    )
    new = [_with_more(one, more, by) for one in held]
    for one in held:
        end(one, Document.Validity.SUPERSEDED)
    with constraints_of(Document):
        Document.objects.bulk_create(new)
    for document in new:
        queue_rendering(document)
    return {document.language: document for document in new}


def _with_more(held: Document, more: Callable[[], Facts], by: User | None) -> Document:
    with translation.override(held.language):
        facts = frozen({**held.facts, **more()})
    return Document(
        kind=held.kind,
        content_type_id=held.content_type_id,
        object_id=held.object_id,
        language=held.language,
        reference=held.reference,
        facts=facts,
        facts_sha256=facts_sha256(facts),
        issued_by=by,
        next_attempt_at=Document.first_turn(),
        priority=held.priority,
    )
