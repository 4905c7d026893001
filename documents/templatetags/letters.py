"""Documents as lists show them: one line a letter, with a link for each of its languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from documents.models import Document
from documents.permissions import may_have_archives

register = template.Library()


@dataclass(frozen=True)
class Letter:
    """One letter in the languages in which it was issued."""

    documents: list[Document]

    @property
    def title(self) -> str:
        return self.documents[0].title

    @property
    def reference(self) -> str:
        return self.documents[0].reference

    @property
    def issued_on(self) -> date:
        return self.documents[0].issued_on

    @property
    def validity(self) -> str:
        """What it is now called when it no longer holds; empty while it does."""
        document = self.documents[0]
        return "" if document.is_current else document.get_validity_display()


@register.filter
def archive_for(document: Document, user: User | AnonymousUser) -> bool:
    """Whether the page, which shows the document to `user`, offers its copy for the archive."""
    return document.is_ready and bool(document.archive) and may_have_archives.test(user)


@register.filter
def by_letter(documents: Iterable[Document]) -> list[Letter]:
    """The documents in their order, those that differ only in language together."""
    letters: dict[tuple[object, ...], list[Document]] = {}
    for document in documents:
        key = (
            document.kind,
            document.content_type_id,
            document.object_id,
            document.validity,
            document.issued_on,
        )
        letters.setdefault(key, []).append(document)
    return [Letter(sorted(found, key=_place)) for found in letters.values()]


def _place(document: Document) -> int:
    return [code for code, _name in settings.LANGUAGES].index(document.language)
