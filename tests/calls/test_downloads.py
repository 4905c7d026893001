"""The whole form of a call, before anybody registers: as a PDF and as a Word document."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse
from docx import Document as WordDocument
from pypdf import PdfReader

from documents.actions.making import render_document
from documents.models import Document
from documents.rendering.pdf import render
from tests.making import open_story
from tests.people import log_in
from vouchers.calls.actions import create_call
from vouchers.calls.models import Call

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "ar")


@pytest.fixture
def call():
    return open_story().call


def pdf_address(call, language="en"):
    return f"{reverse('calls:form_pdf', args=[call.slug])}?language={language}"


def docx_address(call, language="en"):
    return f"{reverse('calls:form_docx', args=[call.slug])}?language={language}"


def words(client, call, language="en"):
    answer = client.get(docx_address(call, language))
    assert answer.status_code == 200
    return WordDocument(io.BytesIO(answer.content))


def all_text(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_public_page_offers_both_in_each_language(client, call):
    html = client.get(call.get_absolute_url()).content.decode()
    for language in LANGUAGES:
        assert f'href="{pdf_address(call, language)}"' in html
        assert f'href="{docx_address(call, language)}"' in html


def test_a_visitor_waits_a_moment_and_then_has_the_pdf(client, call):
    waiting = client.get(pdf_address(call))
    assert waiting["Refresh"] == "3"
    assert "The PDF is being made." in waiting.content.decode()
    assert client.get(pdf_address(call))["Refresh"] == "3"
    document = Document.objects.get()
    assert (document.kind, document.language) == ("call-form", "en")
    render_document(document.pk)
    ready = client.get(pdf_address(call))
    assert ready["Content-Type"] == "application/pdf"
    assert b"".join(ready.streaming_content).startswith(b"%PDF")
    assert f"{call.reference}-call-form-en.pdf" in ready["Content-Disposition"]
    assert Document.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_say_everything_that_is_asked(client, call, language):
    client.get(pdf_address(call, language))
    document = Document.objects.get()
    pages = PdfReader(io.BytesIO(render(document).content))
    assert pages.trailer["/Root"]["/Lang"] == language
    text = all_text(words(client, call, language))
    for question in call.questions.all():
        assert question.text.localize(language) in text
        for option in question.options.localize(language).splitlines():
            assert option in text
    for rows in (call.criteria.all(), call.sections.all()):
        for row in rows:
            assert str(getattr(row, "name", None) or row.title.localize(language))
    for clause in call.declaration_clauses.all():
        assert clause.text.localize(language) in text
    for criterion in call.criteria.all():
        assert criterion.name.localize(language) in text
    asked = [item for part in document.facts["sections"] for item in part["questions"]]
    assert [item["text"] for item in asked] == [
        question.text.localize(language) for question in call.questions.all()
    ]


def test_limits_conditions_and_columns_are_told(client, call):
    text = all_text(words(client, call))
    for expected in (
        "at most 400 words",
        "at least 3",
        "adds up to at most 5,000.00 EUR",
        "Asked only where “What kind of assistance do you need?” is answered “Something else”.",
        "Amount (EUR)",
        "feeds “Growth plan and milestones”",
        "5,000.00\N{NO-BREAK SPACE}EUR",
    ):
        assert expected in text, expected


def test_in_arabic_every_paragraph_and_table_runs_from_right_to_left(client, call):
    answer = client.get(docx_address(call, "ar"))
    body = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    document = WordDocument(io.BytesIO(answer.content))
    written = [
        *document.paragraphs,
        *(
            paragraph
            for table in document.tables
            for row in table.rows
            for cell in row.cells
            for paragraph in cell.paragraphs
        ),
    ]
    assert len(written) > 60
    assert all(paragraph._p.xpath("./w:pPr/w:bidi") for paragraph in written)
    runs = [run for paragraph in written for run in paragraph.runs if run.text]
    assert all(run.font.rtl for run in runs)
    assert body.count("<w:bidiVisual/>") == len(document.tables)
    english = client.get(docx_address(call, "en")).content
    other = zipfile.ZipFile(io.BytesIO(english)).read("word/document.xml").decode()
    assert "<w:bidi/>" not in other
    assert "<w:rtl/>" not in other


def test_a_change_of_the_call_makes_another_form(client, call):
    client.get(pdf_address(call))
    Call.objects.filter(pk=call.pk).update(version=2)
    client.get(pdf_address(call))
    assert sorted(Document.objects.values_list("validity", flat=True)) == ["current", "superseded"]


def test_a_draft_of_a_call_shows_its_form_to_coordinators_only(client, call):
    by = open_coordinator()
    draft = create_call(
        by=by,
        name="Draft",
        purpose="Draft",
        slug="draft-call",
        programme_code="SUD",
        year=2027,
        **{
            name: getattr(call, name)
            for name in (
                "opens_at",
                "deadline",
                "decision_due",
                "assistance_starts",
                "assistance_ends",
                "voucher_amount",
                "budget",
            )
        },
    )
    for address in (pdf_address(draft), docx_address(draft)):
        assert client.get(address).status_code == 404
    assert log_in(client, by).get(docx_address(draft)).status_code == 200
    assert log_in(client, by).get(pdf_address(draft))["Refresh"] == "3"


def test_an_unknown_language_is_not_found(client, call):
    assert client.get(pdf_address(call, "de")).status_code == 404
    assert client.get(docx_address(call, "de")).status_code == 404


def open_coordinator():
    from accounts.models import User

    return User.objects.get(email="coordinator@example.org")
