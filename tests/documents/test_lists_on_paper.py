"""A list as a PDF: exactly its view, tagged, across the page, in the reader's language and clock."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdfium2
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils.translation import override

from clusters.models import Cluster
from documents.rendering import tables
from documents.rendering.tables import PaperList, draw_table
from documents.views import lists
from exports.rules.columns import Column, HeldTable, Kind, Money
from lists.views import ListPage
from tests.documents.checking import PDF_UA, failures
from tests.making import LB, MA, awarded
from tests.people import log_in

VOUCHERS = reverse("dashboards:vouchers")
COLUMNS = [
    Column("reference", "Reference", kind=Kind.TEXT),
    Column("state", "State", kind=Kind.STATE, words={"sent": "on its way"}),
    Column("amount", "Amount", kind=Kind.MONEY),
    Column("other", "In its currency"),
    Column("day", "Day", kind=Kind.DAY),
    Column("moment", "When (UTC)", kind=Kind.MOMENT),
    Column("is_late", "Late", kind=Kind.YES_NO),
    Column("nothing", "Remark"),
    Column("words", "Words", kind=Kind.TEXT),
]
ROW = [
    "=SUV-2026-LB-0007",
    "sent",
    Decimal("1250.5"),
    Money(Decimal("3.5"), "TND"),
    date(2026, 2, 28),
    datetime(2026, 2, 28, 23, 30, tzinfo=UTC),
    True,
    None,
    "plain",
]


def paper(*rows, columns=COLUMNS, **more):
    table = HeldTable("things", columns, [list(row) for row in rows])
    return PaperList(title="Things", made="Taken out by hand", table=table, **more)


def pages_of(content):
    """The text of each page, as it is read: without line breaks."""
    with pypdfium2.PdfDocument(content) as pdf:
        sizes = {tuple(map(round, page.get_size())) for page in pdf}
        assert sizes == {(842, 595)}
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in pdf]


def furthest(content):
    """How far to the right the letters of any page reach, in points; none begins left of its edge."""
    with pypdfium2.PdfDocument(content) as pdf:
        texts = [page.get_textpage() for page in pdf]
        boxes = [text.get_charbox(at) for text in texts for at in range(text.count_chars())]
    assert min(left for left, *_others in boxes) >= 0
    return max(right for _left, _bottom, right, _top in boxes)


def taken(client, address, **asked):
    answer = client.get(address, {**asked, "export": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_it_is_tagged_and_says_each_value_for_people(language):
    with override(language):
        content = draw_table(paper(ROW, said=[("Call", "2026")], sums=[("left", "7.00 EUR")]))
    assert failures(content, PDF_UA) == []
    (page,) = pages_of(content)
    for text in ("=SUV-2026-LB-0007", "on its way", "2026-02-28 23:30", "1 / 1", "7.00"):
        assert text in page
    if language == "en":
        assert "1,250.50" in page
        assert "3.50 TND" in page or "3.500 TND" in page
        assert "Columns in which nothing stands are left away: Remark" in page


def test_the_head_stands_on_every_page_with_its_number():
    content = draw_table(paper(*[[f"SUV-{number}", *ROW[1:]] for number in range(120)]))
    pages = pages_of(content)
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert "Reference" in text
        assert f"{number} / {len(pages)}" in text
    assert failures(content, PDF_UA) == []


@pytest.mark.parametrize(
    "words", ["x" * 300, "مجمع " * 60, "a word and مجمع " * 30, "long " * 4000, "<b>&amp;\u202e"]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_text_breaks_the_page(words, language):
    wide = [Column(f"more{at}", f"More {at}") for at in range(12)]
    row = [*ROW[:-1], words, *("cell" for _one in wide)]
    with override(language):
        content = draw_table(paper(row, row, columns=[*COLUMNS, *wide]))
    pages = pages_of(content)
    assert len(pages) <= 2
    assert failures(content, PDF_UA) == []
    # Nothing is cut off at the edge: the letters of every cell are on the page.
    assert " ".join(pages).count("cell") >= 2 * len(wide)
    assert furthest(content) <= 842
    assert ("…" in " ".join(pages)) is (len(words) > 500)


def test_a_list_without_rows_is_a_page_that_says_so():
    content = draw_table(paper())
    assert failures(content, PDF_UA) == []
    assert "0 in this list" in pages_of(content)[0]


@pytest.fixture
def two():
    story, awards = awarded(LB, MA)
    return story, [story.accept(award.application) for award in awards]


@pytest.mark.django_db
def test_it_is_the_list_as_it_is_narrowed_with_its_sums_in_words(client, two):
    story, (lebanese, moroccan) = two
    log_in(client, story.cast.coordinators[0])
    both = pages_of(taken(client, VOUCHERS, sort="oldest", page="2"))[0]
    assert both.index(lebanese.reference) < both.index(moroccan.reference)
    assert "value 10,000.00 EUR" in both
    one = pages_of(taken(client, VOUCHERS, country="MA"))[0]
    assert lebanese.reference not in one
    assert moroccan.reference in one
    assert "Country: Morocco" in one
    assert "value 5,000.00 EUR" in one
    assert f"Taken out by {story.cast.coordinators[0]} on " in one
    assert "(Beirut time)" in one


@pytest.mark.django_db
def test_who_reads_one_country_takes_out_that_country_in_arabic_too(client, two):
    story, (lebanese, _other) = two
    officer = story.cast.officer("LB")
    officer.language = "ar"
    officer.save()
    Cluster.objects.filter(applications=lebanese.award.application).update(name="تجمع الأرز " * 9)
    log_in(client, officer)
    content = taken(client, VOUCHERS)
    assert failures(content, PDF_UA) == []
    # What reads the page aloud for us puts the parts of a reference in another order.
    text = pages_of(content)[0]
    assert "LB-2026-SUV" in text
    assert "MA-2026-SUV" not in text


@pytest.mark.django_db
def test_a_list_that_is_too_long_stays_as_it_is_and_says_what_to_do(client, two, monkeypatch):
    monkeypatch.setattr(lists, "MOST_ROWS", 1)
    log_in(client, two[0].cast.coordinators[0])
    answer = client.get(VOUCHERS, {"export": "pdf", "sort": "oldest"}, follow=True)
    assert answer.redirect_chain == [(f"{VOUCHERS}?sort=oldest&view=all", 302)]
    assert "A PDF holds at most 1 row, and this list has more." in answer.content.decode()
    assert taken(client, VOUCHERS, country="LB").startswith(b"%PDF")


@pytest.mark.django_db
def test_its_queries_do_not_grow_with_its_rows(client, two):
    log_in(client, two[0].cast.coordinators[0])

    def queries(**asked):
        with CaptureQueriesContext(connection) as seen:
            taken(client, VOUCHERS, **asked)
        return len(seen)

    queries()
    assert queries() == queries(country="LB")


def lists_of(kind=ListPage):
    _known = get_resolver().url_patterns
    for one in kind.__subclasses__():
        yield one
        yield from lists_of(one)


def test_every_list_that_is_taken_out_has_a_title():
    """It is the heading of the paper, and the name of the sheet."""
    assert [one.__qualname__ for one in lists_of() if one.columns and not one.title] == []


@pytest.mark.django_db
def test_a_visitor_is_offered_no_pdf_and_led_to_log_in_undrawn(client, two, monkeypatch):
    monkeypatch.setattr("documents.rendering.tables._drawn", None)
    address = reverse("dashboards:results")
    page = client.get(address).content.decode()
    assert "export=csv" in page
    assert "export=pdf" not in page
    answer = client.get(address, {"export": "pdf"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse(settings.LOGIN_URL))


@pytest.mark.django_db
def test_while_another_is_drawn_the_list_says_so(client, two, monkeypatch):
    monkeypatch.setattr(lists, "PATIENCE", 0.01)
    log_in(client, two[0].cast.coordinators[0])
    with tables._ONE_AT_A_TIME:
        answer = client.get(VOUCHERS, {"export": "pdf", "country": "LB"}, follow=True)
    assert answer.redirect_chain == [(f"{VOUCHERS}?country=LB&view=all", 302)]
    assert "Other lists are being drawn at this moment." in answer.content.decode()
    assert taken(client, VOUCHERS).startswith(b"%PDF")


@pytest.mark.django_db
def test_nothing_is_drawn_for_who_asks_for_the_head_alone(client, two, monkeypatch):
    log_in(client, two[0].cast.coordinators[0])
    monkeypatch.setattr("documents.rendering.tables._drawn", None)
    answer = client.head(VOUCHERS, {"export": "pdf"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


@pytest.mark.parametrize(
    ("columns", "most"), [(1, 500), (16, 300), (50, 100), (51, 90), (400, 10), (4000, 10)]
)
def test_a_list_of_many_columns_holds_some_rows(columns, most):
    page = ListPage(None)
    page.columns = [Column(f"c{at}", "C") for at in range(columns)]
    assert lists.most_rows(page) == most
