"""The agreement as it is read before anybody signs, and the fingerprint of what was read.

What was read and signed is kept as it was, and never written anew from its facts: a template, a
translation or a library of another day would write other words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from conduct.queries.days import today
from documents.kinds import draw_draft
from documents.models import Document
from documents.wording import for_readers_in, funding_statement
from texts.kinds import Family
from texts.queries import WordingAsked, wordings_for
from texts.wording.filling import FROZEN
from vouchers.awards.models import AgreementSignature, Award, Voucher

from . import AGREEMENT, agreement_facts, agreement_frame, agreement_terms

# Under which name the facts of an agreement keep its articles.
_ARTICLES = "articles"


@dataclass(frozen=True)
class ToRead:
    """The articles in one language, as the page shows them."""

    language: str
    text: SafeString

    @property
    def sha256(self) -> str:
        """Of the text in UTF-8, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def agreement_to_read(award: Award, language: str) -> ToRead:
    """The articles that the letter of the agreement will have, in `language`."""
    with translation.override(language):
        return _articles(_terms(award, language), language)


def agreement_draft(award: Award, language: str) -> bytes:
    """The letter as PDF as it would be issued today, plainly a draft."""
    with translation.override(language):
        zone = award.application.country.zone
        facts = {
            **_terms(award, language),
            **agreement_frame(award),
            "date": today(zone).isoformat(),
        }
    return draw_draft(AGREEMENT, facts, language=language)


def whole_facts(voucher: Voucher) -> dict[str, Any]:
    """What the letter of an agreement states, with its articles in the active language."""
    read = agreement_to_read(voucher.award, get_language() or settings.LANGUAGE_CODE)
    return {**agreement_facts(voucher), _ARTICLES: str(read.text)}


def articles_of(agreement: Document) -> ToRead:
    """The articles of an agreement that was issued, word for word as they were when it first was."""
    return ToRead(agreement.language, SafeString(agreement.facts[_ARTICLES]))


def as_signed(signature: AgreementSignature) -> ToRead:
    """What the cluster signed, as its page showed it."""
    return ToRead(signature.language, SafeString(signature.text))


def _terms(award: Award, language: str) -> dict[str, Any]:
    """What it states now, with the wording that coordinators own, as it is frozen on issuing."""
    call = award.application.call
    (wording,) = wordings_for(Family.LETTER, [WordingAsked(AGREEMENT.slug, language, award)])
    return {
        **agreement_terms(award, call.assistance_starts, call.assistance_ends),
        FROZEN: wording,
    }


def _articles(facts: Mapping[str, Any], language: str) -> ToRead:
    with translation.override(language), for_readers_in(str(facts["country_code"])):
        text = render_to_string(
            AGREEMENT.template,
            {
                "frame": "letters/_articles.html",
                "facts": facts,
                # Whose wording coordinators may own.
                "document": Document(kind=AGREEMENT.slug, language=language),
                "funding": funding_statement(facts.get("funding", settings.FUNDING)),
            },
        )
    return ToRead(language, SafeString(text.strip()))
