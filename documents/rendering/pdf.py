"""A document's PDF, made by WeasyPrint from its template and its frozen facts.

The same row gives the same bytes: nothing of the moment of rendering goes into the file. It is
tagged for screen readers (PDF/UA-1). WeasyPrint writes one variant at a time, so it is not PDF/A as
well, though fonts and colours are embedded as that asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.kinds import kind
from documents.models import Document
from documents.rendering import fonts
from documents.rendering.isolating import isolated_runs
from documents.rendering.repairing import repaired
from documents.wording import for_readers_in, funding_statement

STYLESHEET = Path(__file__).resolve().parent.parent / "letter.css"
EMBLEM = Path(__file__).resolve().parent.parent.parent / "static" / "img" / "eu-emblem.svg"


@dataclass(frozen=True)
class Rendered:
    """A finished PDF and its number of pages."""

    content: bytes
    pages: int


class ForbiddenAddress(FatalURLFetchingError):
    """A letter asked for something that is not ours: nothing is fetched while rendering."""


class OwnFilesOnly(URLFetcher):
    """Fetches the fonts, the emblem and what is in the page itself; never the network."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not (url.startswith("data:") or url in _own_addresses()):
            raise ForbiddenAddress(f"Not one of our files: {url[:200]}")
        return super().fetch(url, headers)


def render(document: Document) -> Rendered:
    """The document as a PDF. Raises whatever the template or its facts make go wrong."""
    page = HTML(string=letter_html(document), base_url=None, url_fetcher=OwnFilesOnly())
    stylesheet, font_configuration = _look()
    laid_out = page.render(stylesheets=[stylesheet], font_config=font_configuration, **_PDF_OPTIONS)
    content = laid_out.write_pdf(pdf_identifier=document.pk.bytes, **_PDF_OPTIONS)
    return Rendered(repaired(content), len(laid_out.pages))


_PDF_OPTIONS = {"pdf_variant": "pdf/ua-1"}


def letter_html(document: Document) -> str:
    """The document as HTML, in its own language and for readers in the country of its facts."""
    with (
        translation.override(document.language),
        for_readers_in(str(document.facts.get("country_code", ""))),
    ):
        page = render_to_string(
            kind(document.kind).template,
            {
                "facts": document.facts,
                "document": document,
                "title": document.title,
                "reference": document.reference,
                "language": document.language,
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
                "issued_on": document.facts.get("date") or document.issued_on,
                "created": document.issued_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "funding": funding_statement(document.facts.get("funding", "funded")),
                "emblem": EMBLEM.as_uri(),
                "qr_code": qr_code(document.verification_url),
                "verification_page": _without_scheme(settings.SITE_URL) + "/verify/",
            },
        )
    return isolated_runs(page)


def qr_code(text: str) -> str:
    """A QR code as a data address that an <img> shows sharply at any size."""
    return segno.make_qr(text, error="m").svg_data_uri(
        border=0, dark="#1a2233", nl=False, omitsize=True
    )


@cache
def _look() -> tuple[CSS, FontConfiguration]:
    """The letters' stylesheet with its fonts: parsed once in each process."""
    configuration = FontConfiguration()
    text = f"{fonts.font_face_rules()}\n{STYLESHEET.read_text()}"
    return (
        CSS(string=text, font_config=configuration, url_fetcher=OwnFilesOnly()),
        configuration,
    )


@cache
def _own_addresses() -> frozenset[str]:
    return frozenset([EMBLEM.as_uri(), *(face.file.as_uri() for face in fonts.FACES)])


def _without_scheme(address: str) -> str:
    return address.partition("://")[2]
