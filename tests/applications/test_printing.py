"""A draft on paper, and what was sent: complete, in its language, and never mistaken for another."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from clusters.models import Representative
from documents.models import Document
from documents.rendering.pdf import render
from tests.making import LB, LB_SECOND, applied_story, fill_in, made_up, open_story
from tests.people import log_in, person
from vouchers.applications import actions
from vouchers.applications.models import Application, SignedDeclaration

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(request):
    return applied_story(stage="begun") if "draft" in request.fixturenames else open_story()


@pytest.fixture
def draft(story):
    return story.call.applications.get()


def text_of(document):
    pages = PdfReader(io.BytesIO(render(document).content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def print_draft(client, draft):
    return client.post(reverse("applications:print", args=[draft.pk]))


def test_a_draft_is_made_on_demand_and_anew_only_when_it_changed(client, story, draft):
    client = log_in(client, draft.started_by)
    first = print_draft(client, draft)
    assert first["Location"] == Document.objects.get().get_absolute_url()
    assert print_draft(client, draft)["Location"] == first["Location"]
    fill_in(story, draft)
    second = print_draft(client, draft)
    assert second["Location"] != first["Location"]
    states = Document.objects.order_by("issued_at").values_list("kind", "validity")
    assert list(states) == [("application-draft", "superseded"), ("application-draft", "current")]


def test_a_draft_says_that_it_is_one_and_bears_no_code(client, draft):
    print_draft(log_in(client, draft.started_by), draft)
    document = Document.objects.get()
    text = text_of(document)
    assert "This is a draft. It was not sent, and proves nothing." in text
    assert "1 of 11 required answers are complete" in text
    assert "Not answered yet." in text
    assert LB.mission in text
    assert document.grouped_code not in text
    assert "issued electronically" not in text


def test_only_its_own_people_print_a_draft_or_read_it(client, story, draft):
    manager = draft.started_by
    print_draft(log_in(client, manager), draft)
    fill_in(story, draft)
    actions.submit_application(draft, signing=story.signing(LB), by=manager)
    document = Document.objects.get(kind="application-draft")
    assert client.get(document.get_absolute_url()).status_code == 200
    officer = story.cast.officer("LB")
    log_in(client, officer)
    assert client.get(document.get_absolute_url()).status_code == 404
    assert print_draft(client, draft).status_code == 403
    page = client.get(draft.get_absolute_url()).content.decode()
    assert str(document.pk) not in page
    reader = person("reader@example.org")
    Representative.objects.create(cluster=draft.cluster, user=reader, level="reader")
    assert log_in(client, reader).get(document.get_absolute_url()).status_code == 200


def test_what_was_sent_is_frozen_with_tables_files_and_declaration(story):
    application = story.apply(LB)
    document = Document.objects.get(kind="application-copy")
    assert (document.language, document.reference) == (LB.language, application.reference)
    text = text_of(document)
    declaration = SignedDeclaration.objects.get()
    for expected in (
        application.reference,
        LB.mission,
        LB.milestones[0],
        "3,000.00",
        "A strategy, plan or procedures",
        "statutes.pdf",
        application.attachments.get().sha256,
        declaration.clauses[0],
        declaration.signatory_name,
        declaration.sha256,
        document.grouped_code,
    ):
        assert str(expected) in text, expected


def test_a_question_that_was_not_asked_is_not_printed(story):
    story.apply(LB)
    facts = Document.objects.get(kind="application-copy").facts
    asked = [item["question"] for section in facts["sections"] for item in section["questions"]]
    assert len(asked) == 12
    assert "Which funding, and for what?" not in asked


@pytest.mark.parametrize("number", [2, 3])
def test_a_copy_stands_in_the_language_of_the_application(story, number):
    facts = made_up("MA", number)
    application = story.apply(facts)
    document = Document.objects.get(kind="application-copy")
    assert document.language == application.language == facts.language
    assert PdfReader(io.BytesIO(render(document).content)).trailer["/Root"]["/Lang"] == (
        facts.language
    )
    title = story.call.sections.first().title.localize(facts.language)
    assert document.facts["sections"][0]["title"] == title
    assert document.facts["declaration"]["language"] == facts.language


def test_a_copy_opens_to_whoever_may_read_the_application(client, story):
    application = story.apply(LB)
    document = Document.objects.get(kind="application-copy")
    address = document.get_absolute_url()
    for allowed in (application.submitted_by, story.cast.officer("LB")):
        assert log_in(client, allowed).get(address).status_code == 200
    other = story.apply(LB_SECOND).submitted_by
    for stranger in (other, story.cast.officer("MA"), story.cast.assessors[0]):
        assert log_in(client, stranger).get(address).status_code == 404
    actions.reopen_application(
        Application.objects.get(pk=application.pk), by=application.submitted_by, reason="A figure."
    )
    assert log_in(client, story.cast.officer("LB")).get(address).status_code == 404
