"""Letters that are none yet, plainly marked and without code or seal: of a wording, and to be read."""

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
    return _drawn(letter_html(document, "letters/preview.html", passages=on_sample))


def draft(document: Document) -> bytes:
    """A letter as it would be issued, marked as a draft; `document` is not kept.

    Its kind's template extends the `frame` that it is given.
    """
    return _drawn(letter_html(document, frame="letters/_draft.html"))


def _drawn(page: str) -> bytes:
    stylesheet, _closer, fonts = look()
    pages = HTML(string=page, base_url=None, url_fetcher=OwnFilesOnly())
    return pages.write_pdf(stylesheets=[stylesheet], font_config=fonts, pdf_variant="pdf/ua-1")
