"""Scoring without a line: a workbook goes out, comes back, and is looked at before it counts."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.models import User
from tests.making import LB, LB_SECOND, closed_story, pdf
from tests.people import log_in
from vouchers.calls.models import Call
from vouchers.scoring import actions
from vouchers.scoring.actions import ScoreInput
from vouchers.scoring.models import Assessment, Assignment, ReturnedWorkbook, Score
from vouchers.scoring.workbook import HIDDEN, SALT

pytestmark = pytest.mark.django_db

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCORE, STRENGTHS, WEAKNESSES = 6, 7, 8


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND)


@pytest.fixture
def told(story):
    return story[0]


@pytest.fixture
def mine(story):
    """Two assignments of one assessor, both free of conflicts."""
    told, applications = story
    assigned = [told.assign(application, 2)[0] for application in applications]
    return [actions.declare_no_conflict(each, by=each.assessor) for each in assigned]


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


def problems(page):
    return {row.number: row.problems for row in page.context["rows"] if row.problems}


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
        actions.submit_assessment(assignment, by=assessor)
    assert {each.state for each in Assignment.objects.filter(assessor=assessor)} == {"scored"}


def test_the_workbook_holds_only_what_was_declared_free_of_conflicts(client, story):
    told, (first, second) = story
    cleared, undeclared = (told.assign(application, 2)[0] for application in (first, second))
    actions.declare_no_conflict(cleared, by=cleared.assessor)
    log_in(client, cleared.assessor)
    book = downloaded(client, told.call)
    assert book.sheetnames == ["Read me", "Scores", first.reference, HIDDEN]
    everything = text_of(book)
    assert LB.mission in everything
    assert second.reference not in everything
    assert LB_SECOND.mission not in everything
    assert undeclared.application.cluster.name not in everything
    actions.declare_conflict(cleared, kind="family", conflict="A cousin.", by=cleared.assessor)
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
        actions.save_assessment(
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


def test_a_score_off_the_scale_is_said_beside_its_row_and_the_others_are_saved(
    client, told, mine, assessor
):
    first, second, third = told.call.criteria.all()
    book = downloaded(client, told.call)
    off = fill(book, mine[0], first, score=4.3, strengths="Good")
    high = fill(book, mine[0], second, score=9)
    word = fill(book, mine[0], third, score="four")
    fill(book, mine[1], first, score="3,5", weaknesses="Short")
    page = upload(client, told.call, file_of(book))
    assert set(problems(page)) == {off, high, word}
    assert problems(page)[off] == ["“4.3” is not on the scale: from 1 to 5 in steps of 0.5."]
    take(client, page)
    assert list(Score.objects.values_list("assessment__assignment", "value", "weaknesses")) == [
        (mine[1].pk, Decimal("3.50"), "Short")
    ]


def test_a_row_that_was_not_downloaded_and_a_row_twice_are_refused(client, told, mine, assessor):
    first = told.call.criteria.first()
    book = downloaded(client, told.call)
    number = fill(book, mine[0], first, score=4, strengths="Good")
    sheet = book["Scores"]
    sheet.append([f"{mine[0].pk}-{first.pk}", "", "", "", "", 5, "Better", ""])
    sheet.append(["999-1", "SUV-2026-XX-0001", "", "", "", 5, "Foreign", ""])
    page = upload(client, told.call, file_of(book))
    assert problems(page) == {
        sheet.max_row - 1: [f"The same row stands in row {number} of the sheet."],
        sheet.max_row: ["This row was not in the workbook that you downloaded."],
    }


def test_a_row_of_somebody_else_is_not_one_of_ours(client, told, mine, assessor):
    """A key of another assessor's assignment, typed into one's own file, reaches nothing."""
    theirs = Assignment.objects.filter(application=mine[0].application).exclude(assessor=assessor)[
        0
    ]
    first = told.call.criteria.first()
    book = downloaded(client, told.call)
    book["Scores"].append([f"{theirs.pk}-{first.pk}", "", "", "", "", 5, "Mine now", ""])
    page = upload(client, told.call, file_of(book))
    assert list(problems(page).values()) == [
        ["This row was not in the workbook that you downloaded."]
    ]
    assert "No row of this workbook can be taken over." in take(client, page).content.decode()


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        ("conflict", "You have declared a conflict of interest since"),
        ("released", "You are no longer asked to score this application."),
        ("submitted", "You have submitted your scores on the portal since."),
    ],
)
def test_what_happened_meanwhile_keeps_the_rows_out(client, told, mine, assessor, happens, said):
    criteria = list(told.call.criteria.all())
    book = downloaded(client, told.call)
    lost = [fill(book, mine[0], criterion, score=2, weaknesses="x") for criterion in criteria]
    fill(book, mine[1], criteria[0], score=4, strengths="Still mine")
    if happens == "conflict":
        actions.declare_conflict(mine[0], kind="family", conflict="A cousin.", by=assessor)
    elif happens == "released":
        actions.release_assessor(mine[0], reason="Ill", by=told.cast.officer("LB"))
    else:
        scores = {criterion.pk: ScoreInput(Decimal(4), "Good") for criterion in criteria}
        actions.save_assessment(mine[0], scores, comment="", by=assessor)
        actions.submit_assessment(mine[0], by=assessor)
    page = upload(client, told.call, file_of(book))
    assert set(problems(page)) == set(lost)
    assert said in problems(page)[lost[0]][0]
    take(client, page)
    assert Score.objects.get(strengths="Still mine").assessment.assignment == mine[1]
    assert not Score.objects.filter(weaknesses="x").exists()


def test_what_changed_on_the_portal_too_shows_both_texts_and_is_kept_unless_ticked(
    client, told, mine, assessor
):
    first, second, _third = told.call.criteria.all()
    actions.save_assessment(
        mine[0],
        {pk: ScoreInput(Decimal(3), "As downloaded") for pk in (first.pk, second.pk)},
        comment="A remark",
        by=assessor,
    )
    book = downloaded(client, told.call)
    for criterion in (first, second):
        fill(book, mine[0], criterion, score=4, strengths="From the workbook")
    actions.save_assessment(
        mine[0],
        {first.pk: ScoreInput(Decimal(2), "From the portal")},
        comment="A remark",
        by=assessor,
    )
    page = upload(client, told.call, file_of(book))
    assert (page.context["clashing"], page.context["valid"]) == (1, 1)
    html = page.content.decode()
    assert "From the workbook" in html
    assert "From the portal" in html
    returned = page.context["returned"]
    take(client, page)
    assert Score.objects.get(criterion=first).strengths == "From the portal"
    assert Score.objects.get(criterion=second).strengths == "From the workbook"
    assert not ReturnedWorkbook.objects.filter(pk=returned.pk).exists()
    page = upload(client, told.call, file_of(book))
    take(client, page, also=[f"{mine[0].pk}-{first.pk}"])
    assert Score.objects.get(criterion=first).strengths == "From the workbook"
    assert Assessment.objects.get(assignment=mine[0]).comment == "A remark"


def test_rows_that_nobody_touched_do_not_undo_what_changed_on_the_portal(
    client, told, mine, assessor
):
    first, second, _third = told.call.criteria.all()
    book = downloaded(client, told.call)
    fill(book, mine[0], second, score=4, strengths="Offline")
    actions.save_assessment(
        mine[0], {first.pk: ScoreInput(Decimal(5), "Online")}, comment="", by=assessor
    )
    page = upload(client, told.call, file_of(book))
    assert [row.criterion for row in page.context["rows"]] == [second]
    take(client, page)
    assert Score.objects.get(criterion=first).strengths == "Online"


def test_a_change_between_the_look_and_the_confirmation_asks_to_look_again(
    client, told, mine, assessor
):
    first = told.call.criteria.first()
    book = downloaded(client, told.call)
    fill(book, mine[0], first, score=4, strengths="Offline")
    page = upload(client, told.call, file_of(book))
    actions.save_assessment(
        mine[0], {first.pk: ScoreInput(Decimal(5), "Online")}, comment="", by=assessor
    )
    # Ticked all the same: what the person compared the file with is no longer what stands there.
    answer = take(client, page, also=[f"{mine[0].pk}-{first.pk}"])
    assert "changed on the portal while you looked" in answer.content.decode()
    assert Score.objects.get(criterion=first).strengths == "Online"


def test_nothing_is_taken_once_the_scoring_is_closed(client, story):
    told, (application, other) = story
    for each in (application, other):
        told.score_fully(each, ("4", "4", "4"))
    late = told.cast.officer("LB")
    User.objects.filter(pk=late.pk).update(language="en")
    late.refresh_from_db()
    assignment = actions.assign_assessor(application, late, by=told.cast.officer("LB"))
    actions.declare_no_conflict(assignment, by=late)
    log_in(client, late)
    book = downloaded(client, told.call)
    fill(book, assignment, told.call.criteria.first(), score=4, strengths="Late")
    page = upload(client, told.call, file_of(book))
    assert page.context["valid"] == 1
    actions.close_scoring(told.call, by=told.cast.coordinators[0])
    assert "The scoring of this call is closed." in take(client, page).content.decode()
    refused = upload(client, told.call, file_of(book))
    assert "The scoring of this call is closed." in str(refused.context["form"].errors)
    assert not Score.objects.filter(strengths="Late").exists()


def test_the_file_of_another_person_is_refused(client, told, mine, assessor):
    book = downloaded(client, told.call)
    other = Assignment.objects.filter(application=mine[0].application).exclude(assessor=assessor)[0]
    actions.declare_no_conflict(other, by=other.assessor)
    User.objects.filter(pk=other.assessor_id).update(language="en")
    other.assessor.refresh_from_db()
    log_in(client, other.assessor)
    page = upload(client, told.call, file_of(book))
    assert "downloaded by somebody else" in page.content.decode()
    assert not ReturnedWorkbook.objects.exists()


def test_the_file_of_another_call_is_refused(client, told, mine, assessor):
    book = downloaded(client, told.call)
    issued = signing.loads(book[HIDDEN]["A1"].value, salt=SALT)
    book[HIDDEN]["A1"] = signing.dumps({**issued, "call": Call.objects.last().pk + 1}, salt=SALT)
    page = upload(client, told.call, file_of(book))
    assert "belongs to another call" in page.content.decode()


@pytest.mark.parametrize("cell", ["", "forged", "eyJhIjoxfQ:1abcde:forged"])
def test_a_tampered_file_is_refused(client, told, mine, assessor, cell):
    book = downloaded(client, told.call)
    book[HIDDEN]["A1"] = cell
    page = upload(client, told.call, file_of(book))
    assert "hidden part of this workbook was changed" in page.content.decode()
    assert not ReturnedWorkbook.objects.exists()


def test_any_other_workbook_and_any_other_file_is_refused(client, told, mine, assessor):
    stranger = openpyxl.Workbook()
    assert "This is no scoring workbook" in refusal(client, told, file_of(stranger))
    assert "no Excel workbook" in refusal(client, told, pdf("scores.xlsx"))
    text = SimpleUploadedFile("scores.xlsx", b"Reference;Score\nA;1\n")
    assert "no Excel workbook" in refusal(client, told, text)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "a")
    assert "no Excel workbook" in refusal(
        client, told, SimpleUploadedFile("scores.xlsx", archive.getvalue())
    )
    nothing = client.post(address("workbook", told.call.slug))
    assert "Choose a file." in nothing.content.decode()


def refusal(client, told, file):
    page = upload(client, told.call, file, follow=False)
    assert page.status_code == 200
    return page.content.decode()


def test_formulas_macros_bombs_and_missing_sheets_are_refused(client, told, mine, assessor):
    book = downloaded(client, told.call)
    number = fill(book, mine[0], told.call.criteria.first(), strengths="=1+1")
    assert f"The cell G{number} holds a formula" in refusal(client, told, file_of(book))
    clean = downloaded(client, told.call)
    macros = with_member(file_of(clean), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert "The file holds macros." in refusal(client, told, macros)
    bomb = with_member(file_of(clean), "xl/worksheets/sheet99.xml", b"<a>" + b" " * 90_000_000)
    assert "ZIP bomb" in refusal(client, told, bomb)
    assert "macros" in refusal(client, told, file_of(clean, "scores.xlsm"))
    clean["Scores"].title = "Mine"
    assert "The sheet “Scores” is missing" in refusal(client, told, file_of(clean))


def with_member(file, name, content):
    """The same workbook with one more member in its archive."""
    grown = io.BytesIO(file.read())
    with zipfile.ZipFile(grown, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return SimpleUploadedFile("scores.xlsx", grown.getvalue(), content_type=XLSX)


def test_a_file_that_is_too_large_is_refused(client, told, mine, assessor):
    book = downloaded(client, told.call)
    heavy = file_of(book)
    heavy = SimpleUploadedFile("scores.xlsx", heavy.read() + b"\0" * 6 * 1024**2)
    assert "at most" in refusal(client, told, heavy)


def test_only_their_own_uploads_open_to_a_person(client, told, mine, assessor):
    book = downloaded(client, told.call)
    fill(book, mine[0], told.call.criteria.first(), score=4, strengths="Secret")
    returned = upload(client, told.call, file_of(book)).context["returned"]
    other = Assignment.objects.filter(application=mine[0].application).exclude(assessor=assessor)[0]
    for person in (other.assessor, told.cast.coordinators[0], told.cast.officer("LB")):
        log_in(client, person)
        assert client.get(returned.get_absolute_url()).status_code == 404
        for name in ("take_workbook_over", "discard_workbook"):
            assert client.post(address(name, returned.pk)).status_code == 404
    for person in (told.cast.coordinators[0], told.cast.finance[0]):
        log_in(client, person)
        assert client.get(address("workbook", told.call.slug)).status_code == 404
        assert client.get(address("workbook_download", told.call.slug)).status_code == 404


def test_a_discarded_workbook_changes_nothing_and_a_newer_one_takes_its_place(
    client, told, mine, assessor
):
    book = downloaded(client, told.call)
    fill(book, mine[0], told.call.criteria.first(), score=4, strengths="First")
    upload(client, told.call, file_of(book))
    returned = upload(client, told.call, file_of(book)).context["returned"]
    assert ReturnedWorkbook.objects.get() == returned
    page = client.get(address("workbook", told.call.slug)).content.decode()
    assert "waits for you to look at its rows" in page
    client.post(address("discard_workbook", returned.pk))
    assert not ReturnedWorkbook.objects.exists()
    assert not Score.objects.exists()


def test_looking_at_the_rows_costs_the_same_however_many_there_are(
    client, told, mine, assessor, django_assert_num_queries
):
    book = downloaded(client, told.call)
    criteria = list(told.call.criteria.all())
    fill(book, mine[0], criteria[0], score=4, strengths="One")
    few = upload(client, told.call, file_of(book)).context["returned"]
    with django_assert_num_queries(LOOKING):
        client.get(few.get_absolute_url())
    for assignment in mine:
        for criterion in criteria:
            fill(book, assignment, criterion, score=3, strengths="All")
    many = upload(client, told.call, file_of(book)).context["returned"]
    with django_assert_num_queries(LOOKING):
        client.get(many.get_absolute_url())


LOOKING = 10
