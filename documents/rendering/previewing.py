"""How a wording looks as a letter: on a sample, plainly no letter, without a code or a seal."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone, translation
from weasyprint import HTML

from documents.models import Document
from documents.rendering.pdf import OwnFilesOnly, letter_html, look
from documents.wording import for_readers_in
from texts.kinds import OwnedKind
from texts.wording.glossary import example_facts
from texts.wording.samples import shown

# Of whose readers the sample is.
_COUNTRY = "LB"


def preview(owned: OwnedKind, passages: Mapping[str, str], language: str) -> bytes:
    """The passages of a kind as PDF, in the frame of a letter and filled with the sample."""
    with translation.override(language), for_readers_in(_COUNTRY):
        facts = {**example_facts(owned.family), "country_code": _COUNTRY}
        on_sample = shown(owned, passages, language)
    document = Document(
        kind=owned.slug,
        language=language,
        reference=str(facts["reference"]),
        facts=facts,
        issued_at=timezone.now(),
    )
    page = letter_html(document, "letters/preview.html", passages=on_sample)
    stylesheet, _closer, fonts = look()
    pages = HTML(string=page, base_url=None, url_fetcher=OwnFilesOnly())
    return pages.write_pdf(stylesheets=[stylesheet], font_config=fonts)
