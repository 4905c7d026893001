"""The background work of this room: letters and reports."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.actions import making
from jobs.kinds import Rows, register_kind

from .models import Document
from .tasks import render_document

DOCUMENTS = Rows(
    slug="documents",
    title=_("Letters and reports"),
    queue="letters",
    conductor=making.DOCUMENTS,
    task=render_document,
    since="issued_at",
    label=lambda document: f"{document} ({document.language})",
    # What a paused batch holds back is late for nobody's fault.
    within=Q(validity=Document.Validity.CURRENT) & ~Q(batched__batch__state="paused"),
    priority="priority",
)
register_kind(DOCUMENTS)
