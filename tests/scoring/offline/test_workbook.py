"""The scoring workbook: what it holds, and what is filled in without a line."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.models import User
from tests.making import LB, LB_SECOND
from tests.people import log_in
from tests.scoring.offline.workbooks import (
    SCORE,
    STRENGTHS,
    WEAKNESSES,
    address,
    assessor,
    downloaded,
    file_of,
    fill,
    mine,
    row_of,
    story,
    take,
    told,
    upload,
)
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.models import Assessment, Assignment, Score
from vouchers.scoring.offline.letters.rows import HIDDEN
from vouchers.scoring.offline.models import ReturnedWorkbook

__all__ = ["assessor", "mine", "story", "told"]

pytestmark = pytest.mark.django_db


def test_what_is_filled_in_without_a_line_becomes_a_draft_and_is_submitted_on_the_portal(
    client, told, mine, assessor
):
    book = downloaded(client, told.call)
    for assignment in mine:
        for criterion in told.call.criteria.all():
            fill(book, assignment, criterion, score=4.5, strengths="Clear goals\nand a good team")
    page = upload(client, told.call, file_of(book))
    assert page.context["valid"] == 6
    assert not Score.objects.filter(assessment__assignment__in=mine).exists()
    done = take(client, page)
    assert "6 rows are saved as drafts. Nothing is submitted yet." in done.content.decode()
    scores = Score.objects.filter(assessment__assignment__in=mine)
    assert set(scores.values_list("value", "strengths", "weaknesses")) == {
        (Decimal("4.50"), "Clear goals\nand a good team", "")
    }
    assert set(Assessment.objects.values_list("state", flat=True)) == {"draft"}
    assert not ReturnedWorkbook.objects.exists()
    for assignment in mine:
        assessing_actions.submit_assessment(assignment, by=assessor)
    assert {each.state for each in Assignment.objects.filter(assessor=assessor)} == {"scored"}


def test_the_workbook_holds_only_what_was_declared_free_of_conflicts(client, story):
    told, (first, second) = story
    cleared, undeclared = (told.assign(application, 2)[0] for application in (first, second))
    assessing_actions.declare_no_conflict(cleared, by=cleared.assessor)
    log_in(client, cleared.assessor)
    book = downloaded(client, told.call)
    assert book.sheetnames == ["Read me", "Scores", first.reference, HIDDEN]
    everything = text_of(book)
    assert LB.mission in everything
    assert second.reference not in everything
    assert LB_SECOND.mission not in everything
    assert undeclared.application.cluster.name not in everything
    assessing_actions.declare_conflict(
        cleared, kind="family", conflict="A cousin.", by=cleared.assessor
    )
    answer = client.get(address("workbook_download", told.call.slug), follow=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "nothing to score in this call" in answer.content.decode()


def text_of(book):
    return "\n".join(
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def test_it_explains_itself_and_only_the_yellow_cells_are_open(client, told, mine, assessor):
    book = downloaded(client, told.call)
    read_me = text_of(book)
    assert "Scores go from 1 to 5 in steps of 0.5." in read_me
    assert "Threshold: 2.5." in read_me
    assert f"Scoring workbook of {assessor}" in read_me
    assert book[HIDDEN].sheet_state == "veryHidden"
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    sheet = book["Scores"]
    assert sheet.column_dimensions["A"].hidden
    open_columns = {
        cell.column for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    assert open_columns == {SCORE, STRENGTHS, WEAKNESSES}
    rule = next(one for one in sheet.data_validations.dataValidation if one.type == "list")
    assert isinstance(rule, DataValidation)
    assert str(rule.sqref) == "F2:F7"
    assert rule.formula1 == f"{HIDDEN}!$B$1:$B$9"
    steps = [book[HIDDEN].cell(row, 2).value for row in range(1, 10)]
    assert steps == [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]


def test_what_begins_like_a_formula_is_written_as_text(client, told, mine, assessor):
    criterion = told.call.criteria.first()
    for text in ('=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)"):
        assessing_actions.save_assessment(
            mine[0], {criterion.pk: ScoreInput(Decimal(4), text)}, comment="", by=assessor
        )
        book = downloaded(client, told.call)
        cell = book["Scores"].cell(row_of(book, mine[0], criterion), STRENGTHS)
        assert cell.value == text
        assert cell.data_type == "s"
    assert b"<f>" not in sheets_of(client, told.call)


def sheets_of(client, call):
    content = client.get(address("workbook_download", call.slug)).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if "sheet" in name)


def test_in_arabic_its_sheets_run_from_right_to_left(client, told, mine, assessor):
    User.objects.filter(pk=assessor.pk).update(language="ar")
    log_in(client, User.objects.get(pk=assessor.pk))
    book = downloaded(client, told.call)
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)
    with translation.override("ar"):
        assert str(told.call.criteria.first()) in text_of(book)
