"""What becomes of a document that was issued: withdrawn, made again, made before all others."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import OutOfOrder, action, constraints_of, judged, locked
from documents.actions.issuing import end, queue_rendering
from documents.models import Document
from documents.permissions import may_retry_document
from jobs.actions.attempts import revive


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
        end(document, Document.Validity.WITHDRAWN)
    return document


@action(_("Document made again"))
def retry_document(document: Document, *, by: User) -> Document:
    """Try again to make a document that failed. Raises NotAllowed, or OutOfOrder unless it failed.

    Nothing that it states changes.
    """
    document = revive(judged(document, may_retry_document, by=by))
    queue_rendering(document)
    return document


@transaction.atomic
def hurry(document: Document) -> None:
    """Let a letter that somebody waits for on a screen be made before all others.

    Nothing happens where it is made, was given up or is in a worker's hands. Who may look at it is for
    the page to say.
    """
    rows = Document.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
    found = rows.filter(
        Document.WAITING, pk=document.pk, priority__gt=Document.Priority.SCREEN
    ).first()
    if found is not None:
        found.priority = Document.Priority.SCREEN
        found.save(update_fields=["priority"])
        queue_rendering(found)


def _require_current(document: Document) -> None:
    if not document.is_current:
        raise OutOfOrder(_("The document no longer holds."))
