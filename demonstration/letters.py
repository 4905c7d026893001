"""The letters that somebody new looks at first, made before the demonstration is served; their seal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from documents.actions.making import render_document
from documents.models import Document
from documents.sealing.self_made import make_certificate
from vouchers.applications.models import Application

from .cast import MANAGER_EMAIL

# Nobody shall take it for the programme's own.
SEAL_HOLDER = "Demonstration of the voucher portal (not a real seal)"


def make_seal() -> None:
    """Make the certificate that seals the demonstration's letters, unless it is there."""
    path = Path(settings.SEAL_CERTIFICATE)
    if not path.exists():
        make_certificate(path, SEAL_HOLDER, passphrase=settings.SEAL_PASSPHRASE)


def first_letters() -> QuerySet[Document]:
    """What the log-in of a cluster finds on its pages: its letters, in its language, oldest first.

    They are some ten of more than four hundred; the worker makes the others.
    """
    applications = Application.objects.filter(submitted_by__email=MANAGER_EMAIL)
    waiting = Document.objects.filter(Document.WAITING)
    mine = Document.objects.none()
    for reference in filter(None, applications.values_list("reference", flat=True)):
        mine = mine | waiting.filter(reference__startswith=reference)
    languages = applications.values_list("submitted_by__language", flat=True)
    return mine.filter(language__in=languages).order_by("issued_at")


def make_first_letters(report: Callable[[str, float], None]) -> int:
    """Make them now; how many. `report` is told which letter is next, and the part that is done."""
    letters = list(first_letters())
    for number, letter in enumerate(letters):
        report(letter.reference, number / len(letters))
        render_document(letter.pk)
    return len(letters)
