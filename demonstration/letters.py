"""The letters that somebody new looks at first: made before the demonstration is served."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from documents.actions.making import render_document
from documents.models import Document
from vouchers.applications.models import Application

from .cast import MANAGER_EMAIL


def first_letters() -> QuerySet[Document]:
    """What the log-in of a cluster finds on its pages: its letters, in its language, oldest first.

    They are some ten of more than four hundred; the worker makes the others.
    """
    applications = Application.objects.filter(submitted_by__email=MANAGER_EMAIL)
    waiting = Document.objects.filter(state=Document.State.PENDING)
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
