"""Every kind of letter in every language: complete, sealed, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections import Counter
from contextlib import closing
from decimal import Decimal
from unicodedata import normalize

import pikepdf
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.defaultfilters import floatformat
from django.utils.translation import override
from lxml import html
from PIL import Image
from pypdf import PdfReader

import documents.rendering.pdf
from documents import wording
from documents.kinds import every_kind
from documents.rendering.pdf import letter_html, render
from tests.documents.checking import PDF_A, PDF_UA, failures
from tests.documents.samples import sample_document

LANGUAGES = ("en", "fr", "ar")
# A draft and what stays among assessors prove nothing, so that there is nothing to verify.
WITHOUT_CODE = {"application-draft", "score-draft", "score-grid", "score-sheet"}
# A bank works with one sheet, and a notice says one thing.
ON_ONE_PAGE = {"order", "payment", "completion", "control", "recovery", "batch-order"}
FUNDED = {"en": "Funded by the European Union", "fr": "Financé par l"}


def reader(document):
    return PdfReader(io.BytesIO(render(document).content))


def arabic_letters(text):
    """How often each letter of Arabic stands in a text, whatever its form."""
    return Counter(letter for letter in normalize("NFKC", text) if "\u0620" <= letter <= "\u064a")


def letters_of_template(document):
    """Those that its template says, of what is printed, with the word across a draft."""
    tree = html.fromstring(letter_html(document))
    across = arabic_letters("".join(tree.xpath("//*[@class='watermark']/@data-word")))
    for unseen in tree.xpath("//head|//style|//title|//desc|//summary"):
        unseen.drop_tree()
    return arabic_letters(tree.text_content()) + across


def texts_of(content):
    """The text of a file, as two programs take it out."""
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        yield "".join(one.get_textpage().get_text_bounded() for one in pdf)
    yield "".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind.slug for kind in every_kind()])
def test_a_letter_is_made(kind, language):
    document = sample_document(kind, language)
    rendered = render(document)
    assert failures(rendered.content, PDF_UA) == []
    assert kind not in ON_ONE_PAGE or rendered.pages == 1
    assert failures(rendered.archive, PDF_A) == []
    pdf = PdfReader(io.BytesIO(rendered.content))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert document.reference in text
    assert ("7Q4K" in text) == (kind not in WITHOUT_CODE)
    if language in FUNDED:
        assert FUNDED[language] in text
    assert pdf.trailer["/Root"]["/Lang"] == language
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    if language == "ar":
        said = letters_of_template(document)
        for found in map(arabic_letters, texts_of(rendered.content)):
            # The foot stands on each page.
            assert found == said if rendered.pages == 1 else not said - found


def test_a_letter_with_a_logo_is_one_for_the_archive_too():
    drawn = io.BytesIO()
    Image.effect_noise((320, 160), 90).convert("RGB").save(drawn, "WEBP")
    facts = sample_document("agreement").facts
    facts["sender"]["logo"] = default_storage.save("logo.webp", ContentFile(drawn.getvalue()))
    rendered = render(sample_document("agreement", facts=facts))
    assert failures(rendered.content, PDF_UA) == []
    assert failures(rendered.archive, PDF_A) == []
    # ISO 19005-3, 6.2.8: no picture is smoothed by who shows it.
    with pikepdf.open(io.BytesIO(rendered.archive)) as pdf:
        pictures = [one for one in pdf.objects if is_picture(one)]
        assert pictures
        assert not any(bool(one.get("/Interpolate", False)) for one in pictures)


def is_picture(found):
    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") == pikepdf.Name.Image


def test_what_is_mended_after_rendering_still_needs_mending(monkeypatch):
    """Where this fails, WeasyPrint does it right: documents/rendering/repairing.py goes."""
    monkeypatch.setattr(documents.rendering.pdf, "repair", lambda pdf: None)
    content = render(sample_document("plan", "ar")).content
    rules = {failure.partition(":")[0] for failure in failures(content, PDF_UA)}
    assert rules == {"PDFUA1-FONT-UNICODE-MAPPING-001", "PDFUA1-LI-KIDS-001"}


def test_the_same_facts_give_the_same_bytes():
    assert (
        render(sample_document("award", "ar")).content
        == render(sample_document("award", "ar")).content
    )


@pytest.mark.parametrize("country", ["LB", "MA", "TN"])
def test_arabic_numbers_read_alike_on_pages_and_in_letters(country):
    with override("ar"):
        page = (wording.number("5000.5", 2), wording.number("3.5"))
        with wording.for_readers_in(country):
            assert (wording.number("5000.5", 2), wording.number("3.5")) == page
        assert (page, floatformat(Decimal("3.5"))) == (("5.000,50", "3,5"), "3,5")


def test_a_letter_says_the_amount_in_figures_and_words():
    text = " ".join(reader(sample_document("award")).pages[0].extract_text().split())
    assert re.search(r"5,000.00.EUR", text)
    assert "five thousand euros" in text.lower()


def test_what_an_applicant_writes_cannot_become_markup():
    facts = sample_document("needs-assessment").facts
    facts["decisions"] = '<img src="http://elsewhere.example/x"><b>bold</b>'
    pages = reader(sample_document("needs-assessment", facts=facts)).pages
    assert "<b>bold</b>" in "".join(page.extract_text() for page in pages)
