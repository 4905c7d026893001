"""A score sheet on paper: blank, a draft, and as it was submitted; for whoever may read it."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from documents.models import Document
from documents.rendering.pdf import render
from tests.making import LB, LB_SECOND, closed_story
from tests.people import log_in, person
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.actions import ScoreInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND)


@pytest.fixture
def told(story):
    return story[0]


@pytest.fixture
def mine(story):
    told, (application, _other) = story
    assigned = told.assign(application, 2)[0]
    return actions.declare_no_conflict(assigned, by=assigned.assessor)


def print_sheet(client, assignment, **data):
    return client.post(reverse("scoring:print_sheet", args=[assignment.pk]), data)


def text_of(document):
    pages = PdfReader(io.BytesIO(render(document).content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def save(assignment, strengths="A clear plan", value="4"):
    call = assignment.application.call
    given = ScoreInput(Decimal(value), strengths)
    scores = {criterion.pk: given for criterion in call.criteria.all()}
    actions.save_assessment(assignment, scores, comment="Quietly good", by=assignment.assessor)


def test_before_anything_is_scored_the_sheet_is_a_grid_to_fill_in_by_hand(client, mine):
    answer = print_sheet(log_in(client, mine.assessor), mine)
    document = Document.objects.get(kind="score-grid")
    assert answer["Location"] == document.get_absolute_url()
    assert document.kind == "score-grid"
    text = text_of(document)
    assert "1 1.5 2 2.5 3 3.5 4 4.5 5" in text
    assert str(mine.application.call.criteria.first()) in text
    assert mine.application.reference in text
    assert "Signature" in text
    assert document.grouped_code not in text


def test_scores_are_printed_as_a_draft_until_they_are_submitted_with_their_points(client, mine):
    save(mine)
    log_in(client, mine.assessor)
    print_sheet(client, mine)
    draft = text_of(Document.objects.get(kind="score-draft"))
    assert "These scores are a draft." in draft
    assert "A clear plan" in draft
    print_sheet(client, mine, blank="1")
    assert "A clear plan" not in text_of(Document.objects.get(kind="score-grid"))
    actions.submit_assessment(mine, by=mine.assessor)
    print_sheet(client, mine)
    sheet = text_of(Document.objects.get(kind="score-sheet"))
    assert "These scores are a draft." not in sheet
    assert "4 of 5" in sheet
    # 4 of 5 in every criterion are 80 of 100 points, whatever the weights.
    assert "Total, of 100 (at least 60) 80.00" in sheet


def test_the_same_scores_are_printed_once(client, mine):
    save(mine)
    log_in(client, mine.assessor)
    first = print_sheet(client, mine)["Location"]
    assert print_sheet(client, mine)["Location"] == first
    save(mine, "Another reason")
    assert print_sheet(client, mine)["Location"] != first
    assert Document.objects.filter(kind="score-draft", validity="current").count() == 1


def test_the_sheet_speaks_the_language_of_who_asks(client, mine):
    User.objects.filter(pk=mine.assessor_id).update(language="ar")
    print_sheet(log_in(client, User.objects.get(pk=mine.assessor_id)), mine)
    assert Document.objects.get(kind="score-grid").language == "ar"


def test_there_is_no_sheet_before_the_declaration_and_none_after_a_conflict(client, story):
    told, (application, _other) = story
    waiting = told.assign(application, 2)[0]
    log_in(client, waiting.assessor)
    assert print_sheet(client, waiting).status_code == 404
    cleared = actions.declare_no_conflict(waiting, by=waiting.assessor)
    address = print_sheet(client, cleared)["Location"]
    assert client.get(address).status_code == 200
    actions.declare_conflict(cleared, kind="family", conflict="A cousin.", by=cleared.assessor)
    assert print_sheet(client, cleared).status_code == 404
    assert client.get(address).status_code == 404


def test_others_read_what_was_submitted_as_far_as_they_may_read_scores(client, told, mine):
    save(mine)
    print_sheet(log_in(client, mine.assessor), mine)
    draft = Document.objects.get(kind="score-draft")
    readers = [told.cast.officer("LB"), told.cast.coordinators[0], person(role="auditor")]
    for reader in readers:
        log_in(client, reader)
        assert print_sheet(client, mine).status_code == 404
        assert client.get(draft.get_absolute_url()).status_code == 404
    actions.submit_assessment(mine, by=mine.assessor)
    for reader in readers:
        log_in(client, reader)
        address = print_sheet(client, mine)["Location"]
        assert client.get(address).status_code == 200
        # What was only a draft stays with its assessor.
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert print_sheet(client, mine, blank="1").status_code == 404
    sheet = Document.objects.filter(kind="score-sheet").first()
    strangers = [told.cast.officer("MA"), told.cast.finance[0], mine.application.submitted_by]
    for stranger in strangers:
        log_in(client, stranger)
        assert print_sheet(client, mine).status_code == 404
        assert client.get(sheet.get_absolute_url()).status_code == 404


def test_a_second_assessor_stays_blind_to_the_sheet_of_the_first(client, told, mine):
    save(mine)
    actions.submit_assessment(mine, by=mine.assessor)
    officer = told.cast.officer("LB")
    theirs = actions.assign_assessor(mine.application, officer, by=officer)
    log_in(client, officer)
    assert print_sheet(client, mine).status_code == 404
    theirs = actions.declare_no_conflict(theirs, by=officer)
    assert print_sheet(client, mine).status_code == 404
    save(theirs)
    actions.submit_assessment(theirs, by=officer)
    assert print_sheet(client, mine).status_code == 302


def test_the_pages_of_scores_offer_the_sheet(client, told, mine):
    address = reverse("scoring:print_sheet", args=[mine.pk])
    log_in(client, mine.assessor)
    assert address in client.get(mine.get_absolute_url()).content.decode()
    save(mine)
    actions.submit_assessment(mine, by=mine.assessor)
    assert address in client.get(mine.get_absolute_url()).content.decode()
    page = reverse("scoring:application", args=[mine.application_id])
    assert address in log_in(client, told.cast.coordinators[0]).get(page).content.decode()
