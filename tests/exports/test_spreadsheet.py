"""Tables as .xlsx: numbers, days and words in the reader's language; long ones need no memory."""

import io
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import openpyxl
import pytest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from exports.letters import spreadsheet
from exports.letters.spreadsheet import write_spreadsheet
from exports.rules.columns import Column, Kind, Money, Table
from exports.views import xlsx_response

COLUMNS = [
    Column("text", _("Reference"), kind=Kind.TEXT),
    Column("state", _("State"), kind=Kind.STATE, words={"sent": _("sent")}),
    Column("euro", "EUR", kind=Kind.MONEY),
    Column("dinar", "TND", kind=Kind.MONEY),
    Column("pound", "LBP", kind=Kind.MONEY),
    Column("day", kind=Kind.DAY),
    Column("moment", kind=Kind.MOMENT),
    Column("yes", kind=Kind.YES_NO),
    Column("days", kind=Kind.DAYS),
    Column("none"),
]
ROW = [
    "=1+1",
    "sent",
    Decimal("1250.5"),
    Money(Decimal("3.5"), "TND"),
    Money(Decimal("900000"), "LBP"),
    date(2026, 2, 28),
    datetime(2026, 2, 28, 23, 30, tzinfo=UTC),
    True,
    14,
    None,
]

# A spreadsheet knows no zones.
NAIVE = partial(datetime, tzinfo=None)


def book_of(*tables, language="en", title="A title"):
    file = io.BytesIO()
    with override(language):
        write_spreadsheet(tables, file, title=title)
    return openpyxl.load_workbook(io.BytesIO(file.getvalue()))


@pytest.mark.parametrize(
    ("language", "headings", "word"),
    [
        ("en", ("Reference", "State"), "sent"),
        ("fr", ("Référence", "État"), "envoyé"),
        ("ar", ("الرقم المرجعي", "الحالة"), "مُرسَل"),
    ],
)
def test_headings_and_words_are_in_the_readers_language(language, headings, word):
    sheet = book_of(("List", Table("list", COLUMNS, [ROW])), language=language).active
    assert (sheet["A1"].value, sheet["B1"].value) == headings
    assert sheet["B2"].value == word
    # A column without a heading for people shows its key.
    assert sheet["F1"].value == "day"
    assert bool(sheet.sheet_view.rightToLeft) is (language == "ar")


def test_each_kind_is_kept_as_what_it_is():
    sheet = book_of(("List", Table("list", COLUMNS, [ROW]))).active
    cells = {cell.column_letter: cell for cell in sheet[2]}
    text = cells["A"]
    assert (text.value, text.data_type, text.quotePrefix) == ("=1+1", "s", True)
    assert [(cells[at].value, cells[at].number_format) for at in "CDE"] == [
        (1250.5, "#,##0.00"),
        (3.5, "#,##0.000"),
        (900000, "#,##0"),
    ]
    assert (cells["F"].value, cells["F"].number_format) == (NAIVE(2026, 2, 28), "yyyy-mm-dd")
    assert cells["G"].value == NAIVE(2026, 2, 28, 23, 30)
    assert (cells["H"].value, cells["I"].value, cells["J"].value) == (True, 14, None)
    assert sheet.freeze_panes == "A2"


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(spreadsheet, "ROWS_OF_A_SHEET", 4)
    rows = ([number] for number in range(7))
    book = book_of(("Long", Table("long", [Column("number")], rows)))
    assert book.sheetnames == ["Long", "Long (2)", "Long (3)"]
    found = [[row[0].value for row in sheet.iter_rows(min_row=1)] for sheet in book]
    assert found == [["number", 0, 1, 2], ["number", 3, 4, 5], ["number", 6]]


def test_names_of_sheets_are_made_to_fit():
    names = ["Call 1/2: [draft]?", "x" * 40, "'"]
    book = book_of(*[(name, Table("a", [Column("a")], [])) for name in names])
    assert book.sheetnames == ["Call 1 2   draft", "x" * 31, "1"]


def test_a_long_table_needs_no_more_memory_than_a_short_one():
    def peak(number):
        rows = ([f"Row {at}", at] for at in range(number))
        columns = [Column("text"), Column("number")]
        tracemalloc.start()
        try:
            response = xlsx_response(Table("long", columns, rows), title="Long")
            size = sum(len(piece) for piece in response.streaming_content)
            return tracemalloc.get_traced_memory()[1], size
        finally:
            tracemalloc.stop()

    short, small = peak(500)
    long, large = peak(20_000)
    assert large > 10 * small
    assert long < short + 2_000_000


def test_the_answer_is_a_file_that_nobody_keeps():
    response = xlsx_response(Table("list", COLUMNS, [ROW]), title="List")
    assert response["Content-Disposition"].startswith('attachment; filename="list-20')
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["List"]
