"""The agreement as it is read before anybody signs, and the fingerprint of what was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from documents.wording import for_readers_in, funding_statement
from vouchers.awards.models import Award

from . import agreement_terms


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
    call = award.application.call
    with (
        translation.override(language),
        for_readers_in(award.application.country.code),
    ):
        text = render_to_string(
            "letters/_agreement_text.html",
            {
                "facts": agreement_terms(award, call.assistance_starts, call.assistance_ends),
                "funding": funding_statement(settings.FUNDING),
            },
        )
    return ToRead(language, text)
