"""A document's PDF, made by WeasyPrint from its template and its frozen facts.

The same row gives the same bytes: nothing of the moment of rendering goes into the file. It is
tagged for screen readers (PDF/UA-1); a copy for archives (PDF/A-3u) is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.document import Document as WeasyDocument
from weasyprint.document import Page
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.kinds import kind
from documents.models import Document
from documents.rendering import fonts
from documents.rendering.archiving import archived
from documents.rendering.isolating import isolated_runs
from documents.rendering.repairing import repair
from documents.wording import for_readers_in, funding_statement

STYLESHEET = Path(__file__).resolve().parent.parent / "letter.css"
CLOSER = STYLESHEET.with_name("closer.css")
# A last page of which less is used is a remainder.
REMAINDER = 0.3
EMBLEM = Path(__file__).resolve().parent.parent.parent / "static" / "img" / "eu-emblem.svg"


@dataclass(frozen=True)
class Rendered:
    """A finished PDF with its number of pages, and its copy for an archive (PDF/A-3u)."""

    content: bytes
    pages: int
    archive: bytes


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
    laid_out = _laid_out(page)
    content = laid_out.write_pdf(pdf_identifier=document.pk.bytes, **_PDF_OPTIONS)
    with pikepdf.open(BytesIO(content)) as pdf:
        repair(pdf)
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
        archive = archived(pdf, document.facts)
    return Rendered(written.getvalue(), len(laid_out.pages), archive)


def _laid_out(page: HTML) -> WeasyDocument:
    """The pages; set closer where that spares a last page which holds little more than its end."""
    stylesheet, closer, font_configuration = look()
    options = {"font_config": font_configuration, **_PDF_OPTIONS}
    laid_out = page.render(stylesheets=[stylesheet], **options)
    if len(laid_out.pages) > 1 and _is_remainder(laid_out.pages[-1]):
        close = page.render(stylesheets=[stylesheet, closer], **options)
        if len(close.pages) < len(laid_out.pages):
            return close
    return laid_out


def _is_remainder(page: Page) -> bool:
    """Whether little of the page is used."""
    box = page._page_box  # noqa: SLF001 - WeasyPrint tells nobody what a page holds
    return box.children[0].height < REMAINDER * box.height


_PDF_OPTIONS = {"pdf_variant": "pdf/ua-1"}


def letter_html(document: Document, template: str = "", **more: object) -> str:
    """The document as HTML, in its own language and for readers in the country of its facts.

    By its kind's template, unless another is named, which may want `more`.
    """
    with (
        translation.override(document.language),
        for_readers_in(str(document.facts.get("country_code", ""))),
    ):
        page = render_to_string(
            template or kind(document.kind).template,
            {
                **more,
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
def look() -> tuple[CSS, CSS, FontConfiguration]:
    """The letters' stylesheet, what sets them closer, and the fonts: parsed once in each process."""
    configuration = FontConfiguration()
    texts = (f"{fonts.font_face_rules()}\n{STYLESHEET.read_text()}", CLOSER.read_text())
    look, closer = (
        CSS(string=text, font_config=configuration, url_fetcher=OwnFilesOnly()) for text in texts
    )
    return look, closer, configuration


@cache
def _own_addresses() -> frozenset[str]:
    return frozenset([EMBLEM.as_uri(), *(face.file.as_uri() for face in fonts.FACES)])


def _without_scheme(address: str) -> str:
    return address.partition("://")[2]
