"""The accepted report as a PDF, with its pictures."""

from io import BytesIO

import pikepdf
import pytest

from documents.actions.making import render_document
from documents.models import Document
from documents.rendering.pdf import render
from tests.assistance.reports.test_pictures import words
from tests.assistance.reports.writing import photograph, report_of, returned
from tests.making import voucher_story
from vouchers.assistance.reports import actions
from vouchers.payments import actions as payments

pytestmark = pytest.mark.django_db


def printed(document):
    render_document(document.pk)
    document.refresh_from_db()
    with document.file.open() as file:
        return file.read()


def is_near(colour, other):
    return all(abs(one - another) < 12 for one, another in zip(colour, other, strict=True))


@pytest.fixture
def letter():
    """The English letter of a report with one picture, accepted."""
    told = voucher_story("reported")
    returned(told)
    words(told, actions.add_picture(told.voucher, photograph(colour="#aa2211"), by=told.manager))
    actions.submit_report(report_of(told), by=told.manager)
    payments.accept_report(report_of(told), by=told.officer)
    return Document.objects.get(kind="final-report", language="en", validity="current")


def test_a_picture_is_printed_with_what_can_be_seen(letter):
    content = printed(letter)
    with pikepdf.open(BytesIO(content)) as pdf:
        pictures = [picture for page in pdf.pages for picture in page.get_images().values()]
        photographs = [one for one in pictures if one.get("/Filter") == "/DCTDecode"]
        assert {(int(one.Width), int(one.Height)) for one in photographs} == {(60, 40)}
        shown = [
            pikepdf.PdfImage(one).as_pil_image().convert("RGB").getpixel((30, 20))
            for one in photographs
        ]
        assert any(is_near(colour, (0xAA, 0x22, 0x11)) for colour in shown)
        said = [
            str(one["/Alt"])
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]
    assert "People talking" in said


def test_the_same_report_is_the_same_file(letter):
    first = printed(letter)
    assert render(letter).content == first
