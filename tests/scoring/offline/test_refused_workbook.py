"""Workbooks that are refused, and whose uploads open to whom."""

import io
import zipfile

import openpyxl
import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from tests.making import pdf
from tests.people import log_in
from tests.scoring.offline.workbooks import (
    XLSX,
    address,
    assessor,
    downloaded,
    file_of,
    fill,
    mine,
    story,
    told,
    upload,
)
from vouchers.calls.models import Call
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.models import Assignment, Score
from vouchers.scoring.offline.letters.rows import HIDDEN, SALT
from vouchers.scoring.offline.models import ReturnedWorkbook

__all__ = ["assessor", "mine", "story", "told"]

pytestmark = pytest.mark.django_db


def test_the_file_of_another_person_is_refused(client, told, mine, assessor):
    book = downloaded(client, told.call)
    other = Assignment.objects.filter(application=mine[0].application).exclude(assessor=assessor)[0]
    assessing_actions.declare_no_conflict(other, by=other.assessor)
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
