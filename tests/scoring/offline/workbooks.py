"""Downloading, filling in and uploading a scoring workbook in tests."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.making import LB, LB_SECOND, closed_story
from tests.people import log_in
from tests.remembering import remembered
from vouchers.scoring.assessing import actions as assessing_actions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCORE, STRENGTHS, WEAKNESSES = 6, 7, 8


@pytest.fixture
def story(request):
    return (both_assigned if "mine" in request.fixturenames else closed_story)(LB, LB_SECOND)


@pytest.fixture
def told(story):
    return story[0]


@pytest.fixture
def mine(story):
    """Two assignments of one assessor, both free of conflicts."""
    return [application.assignments.get(state="cleared") for application in story[1]]


@remembered
def both_assigned(*clusters):
    told, applications = closed_story(*clusters)
    for application in applications:
        assignment = told.assign(application, 2)[0]
        assessing_actions.declare_no_conflict(assignment, by=assignment.assessor)
    return told, applications


@pytest.fixture
def assessor(client, mine):
    log_in(client, mine[0].assessor)
    return mine[0].assessor


def address(name, *args):
    return reverse(f"scoring:{name}", args=args)


def downloaded(client, call):
    answer = client.get(address("workbook_download", call.slug))
    assert answer.headers["Content-Type"] == XLSX
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def file_of(book, name="scores.xlsx"):
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type=XLSX)


def upload(client, call, file, *, follow=True):
    return client.post(address("workbook", call.slug), {"file": file}, follow=follow)


def row_of(book, assignment, criterion):
    for row in book["Scores"].iter_rows(min_row=2):
        if row[0].value == f"{assignment.pk}-{criterion.pk}":
            return row[0].row
    raise AssertionError("no such row")


def fill(book, assignment, criterion, *, score=None, strengths=None, weaknesses=None):
    number = row_of(book, assignment, criterion)
    sheet = book["Scores"]
    for column, value in ((SCORE, score), (STRENGTHS, strengths), (WEAKNESSES, weaknesses)):
        if value is not None:
            sheet.cell(number, column).value = value
    return number


def take(client, page, *, also=()):
    """Press “Save as drafts” on the page of a returned workbook."""
    seen = {f"seen-{pk}": version for pk, version in page.context["seen"].items()}
    returned = page.context["returned"]
    return client.post(
        address("take_workbook_over", returned.pk), {**seen, "take": list(also)}, follow=True
    )
