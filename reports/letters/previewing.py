"""What a report would say if it were issued now, with the paragraphs that coordinators own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from documents.kinds import DocumentKind
from documents.models import Document
from texts.kinds import Family
from texts.queries import WordingAsked, wordings_for
from texts.wording.filling import FROZEN
from vouchers.calls.models import Call


@dataclass(frozen=True)
class Paragraphs:
    """Where the paragraphs of a report are written, in one language."""

    language: str
    name: str
    url: str


def previewed(kind: DocumentKind, call: Call, facts: dict[str, Any]) -> dict[str, Any]:
    """What a page shows of the facts of a report: as its PDF would, in the active language."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    (wording,) = wordings_for(Family.LETTER, [WordingAsked(kind.slug, language, call)])
    return {
        "facts": {**facts, FROZEN: wording} if wording else facts,
        # Not saved: by it the passages know what they are of.
        "document": Document(kind=kind.slug, language=language),
        "paragraphs": paragraphs_of(kind, call),
    }


def paragraphs_of(kind: DocumentKind, call: Call) -> list[Paragraphs]:
    """The pages on which the paragraphs of a report of the call are written, one a language."""
    return [
        Paragraphs(
            code,
            str(name),
            reverse("texts:text", args=[Family.LETTER, kind.slug, code], query={"call": call.pk}),
        )
        for code, name in settings.LANGUAGES
    ]
