"""A published round with three letters in three languages, of which none is made."""

from __future__ import annotations

from documents.actions import withdraw_document
from documents.actions.making import render_document
from documents.models import Document
from tests.awards.deciding import published

KINDS = ("award", "reserve", "refusal")


def letters():
    """The letters of the round that hold, by reference, kind and language."""
    found = Document.objects.filter(kind__in=KINDS, validity="current")
    return found.order_by("reference", "kind", "language")


def told():
    """The story, its round, and a coordinator who is free to steer it."""
    story, selection_round, _sent = published()
    return story, selection_round, story.cast.coordinators[0]


def take_back(kind="refusal"):
    """Withdraw the letters of a kind, as after a mistake; their addressee has none then."""
    for document in letters().filter(kind=kind):
        withdraw_document(document, by=None, reason="A wrong logo.")


def make_all():
    for document in letters().exclude(state="ready"):
        render_document(document.pk)
