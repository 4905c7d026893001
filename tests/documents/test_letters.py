"""Every kind of letter in every language: complete, sealed, the same bytes each time."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import pytest
from django.template.defaultfilters import floatformat
from django.utils.translation import override
from pypdf import PdfReader

from documents import wording
from documents.kinds import every_kind
from documents.rendering.pdf import render
from tests.documents.samples import sample_document

LANGUAGES = ("en", "fr", "ar")
# A draft and what stays among assessors prove nothing, so that there is nothing to verify.
WITHOUT_CODE = {"application-draft", "score-draft", "score-grid", "score-sheet"}
FUNDED = {"en": "Funded by the European Union", "fr": "Financé par l"}


def reader(document):
    return PdfReader(io.BytesIO(render(document).content))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind.slug for kind in every_kind()])
def test_a_letter_is_made(kind, language):
    document = sample_document(kind, language)
    pdf = reader(document)
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert document.reference in text
    assert ("7Q4K" in text) == (kind not in WITHOUT_CODE)
    if language in FUNDED:
        assert FUNDED[language] in text
    assert pdf.trailer["/Root"]["/Lang"] == language
    assert "/StructTreeRoot" in pdf.trailer["/Root"]


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
