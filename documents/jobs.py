"""The background work of this room: letters and reports."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Rows, register_kind

from .models import Document
from .tasks import render_document

DOCUMENTS = Rows(
    slug="documents",
    title=_("Letters and reports"),
    queue="letters",
    model=Document,
    task=render_document,
    since="issued_at",
    label=lambda document: f"{document} ({document.language})",
    within={"validity": Document.Validity.CURRENT},
)
register_kind(DOCUMENTS)
