"""Vouchers, claims and orders as lists: found, ordered, counted, and taken out as they are shown."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Cluster
from dashboards.views.lists import VoucherList
from tests.making import LB, MA, awarded, voucher_story
from tests.payments.making import claim, paid, rate
from tests.people import log_in, person
from vouchers.awards.models import Voucher
from vouchers.payments.models import Claim
from vouchers.payments.views.lists import ClaimList

pytestmark = pytest.mark.django_db

VOUCHERS = reverse("dashboards:vouchers")
CLAIMS = reverse("payments:claim_list")
ORDERS = reverse("payments:orders")


@pytest.fixture
def two():
    """A Lebanese and a Moroccan voucher, the Moroccan one issued later."""
    story, awards = awarded(LB, MA)
    return story, [story.accept(award.application) for award in awards]


@pytest.fixture
def twice():
    """A voucher of which one milestone is paid in dinars, and another is claimed."""
    told = voucher_story("accepted 0")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    rate(told, "TND", "3.4")
    order = paid(told, told._milestone(0), amount="3400.125", currency="TND")
    claim(told._milestone(1), told.manager, number="=2", amount="500.00")
    return told, order


def lines_of(answer):
    """The lines of a CSV, as dicts."""
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def sheet_of(answer):
    """The rows of an .xlsx, as lists of values."""
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def references(answer):
    return [voucher.reference for voucher in answer.context["page"]]


def test_vouchers_are_found_by_every_fact_and_in_every_order(client, two):
    story, (lebanese, moroccan) = two
    log_in(client, story.cast.coordinators[0])
    both = [moroccan.reference, lebanese.reference]
    for asked, expected in (
        ({}, both),
        ({"sort": "oldest"}, both[::-1]),
        ({"sort": "reference"}, both[::-1]),
        ({"country": "LB"}, both[1:]),
        ({"country": "LB", "text": "-ma-"}, []),
        ({"text": moroccan.reference.lower()}, both[:1]),
        ({"state": "closed"}, []),
        ({"sort": "nonsense"}, both),
    ):
        assert references(client.get(VOUCHERS, asked)) == expected, asked


def test_a_file_is_the_list_as_it_is_narrowed_and_ordered(client, two):
    story, (lebanese, moroccan) = two
    Cluster.objects.filter(applications=lebanese.award.application).update(name="@SUM(A1)")
    log_in(client, story.cast.coordinators[0])
    lines = lines_of(client.get(VOUCHERS, {"export": "csv", "sort": "oldest", "page": "2"}))
    assert [line["reference"] for line in lines] == [lebanese.reference, moroccan.reference]
    assert lines[0]["cluster"] == "'@SUM(A1)"
    assert (lines[0]["state"], lines[0]["amount"], lines[0]["paid"]) == (
        "active",
        "5000.00",
        "0.00",
    )
    narrowed = lines_of(client.get(VOUCHERS, {"export": "csv", "country": "MA"}))
    assert [line["reference"] for line in narrowed] == [moroccan.reference]
    rows = sheet_of(client.get(VOUCHERS, {"export": "xlsx", "country": "LB"}))
    assert rows[0][:2] == ["Voucher", "Call"]
    assert rows[1][0] == lebanese.reference
    assert rows[1][2] == "@SUM(A1)"
    assert (rows[1][4], rows[1][5]) == (str(Voucher.State.ACTIVE.label), 5000)
    assert len(rows) == 2


def test_who_reads_one_country_takes_out_that_country(client, two):
    story, (lebanese, _moroccan) = two
    log_in(client, story.cast.officer("LB"))
    lines = lines_of(client.get(VOUCHERS, {"export": "csv"}))
    assert [line["reference"] for line in lines] == [lebanese.reference]
    # There is one country to choose, so that nothing is asked.
    assert 'name="country"' not in client.get(VOUCHERS).content.decode()
    assert references(client.get(VOUCHERS, {"country": "MA"})) == [lebanese.reference]


@pytest.mark.parametrize("wanted", ["docx", "xls", "../csv", "1"])
def test_there_is_no_other_kind_of_file(client, two, wanted):
    log_in(client, two[0].cast.coordinators[0])
    assert client.get(VOUCHERS, {"export": wanted}).status_code == 404


def test_the_page_says_how_many_there_are_and_offers_the_same_view_as_files(client, two):
    log_in(client, two[0].cast.coordinators[0])
    html = client.get(VOUCHERS, {"country": "LB", "after": "999"}).content.decode()
    assert "1 in this list" in html
    assert "?country=LB&amp;export=csv" in html
    assert "?country=LB&amp;export=xlsx" in html
    assert "?country=LB&amp;export=pdf" in html
    assert "(at most 300 rows)" in html


def test_pages_lead_on_and_keep_what_was_chosen(client, two, monkeypatch):
    monkeypatch.setattr(VoucherList, "size", 1)
    _story, (lebanese, moroccan) = two
    log_in(client, two[0].cast.coordinators[0])
    first = client.get(VOUCHERS, {"text": "suv"})
    assert references(first) == [moroccan.reference]
    assert f"?text=suv&amp;after={moroccan.pk}" in first.content.decode()
    second = client.get(VOUCHERS, {"text": "suv", "after": moroccan.pk})
    assert references(second) == [lebanese.reference]
    assert "2 in this list" in second.content.decode()


def test_a_script_gets_the_list_alone_and_who_goes_back_the_whole_page(client, two):
    log_in(client, two[0].cast.coordinators[0])
    whole = client.get(VOUCHERS)
    piece = client.get(VOUCHERS, headers={"HX-Request": "true"})
    back = client.get(
        VOUCHERS, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<title>" in whole.content.decode()
    assert "<title>" in back.content.decode()
    assert "<title>" not in piece.content.decode()
    for page in (whole, piece, back):
        assert 'id="list"' in page.content.decode()
        assert "HX-Request" in page["Vary"]


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_in_it(client, two):
    log_in(client, two[0].cast.coordinators[0])
    html = client.get(VOUCHERS, {"text": "x" * 101, "state": "lost"}).content.decode()
    for name in ("text", "state"):
        place = html.split(f'<div id="problems_{name}"')[1].split("</div>")[0]
        assert "invalid-feedback" in place
    assert f'value="{"x" * 101}"' in html


def test_claims_and_orders_are_found_by_what_stands_on_the_paper(client, twice):
    told, order = twice
    log_in(client, told.cast.finance[0])
    assert [one.invoice_numbers for one in client.get(CLAIMS).context["page"]] == ["=2", "F-1"]
    for asked in ({"text": "f-1"}, {"currency": "TND"}, {"state": "paid"}, {"sort": "oldest"}):
        assert client.get(CLAIMS, asked).context["page"].rows[0].invoice_numbers == "F-1", asked
    assert [one.pk for one in client.get(ORDERS, {"paid": "yes"}).context["page"]] == [order.pk]
    assert client.get(ORDERS, {"paid": "no"}).context["page"].count == 0
    assert "Nothing matches" in client.get(ORDERS, {"paid": "no"}).content.decode()
    assert client.get(ORDERS, {"text": order.bank_reference}).context["page"].count == 1


def test_claims_go_out_with_their_currency_and_its_decimals(client, twice):
    told, order = twice
    log_in(client, told.cast.finance[0])
    second, first = lines_of(client.get(CLAIMS, {"export": "csv"}))
    assert (first["claimed"], first["amount"]) == ("3400.125 TND", "1000.04")
    assert second["claimed"] == "500.00 EUR"
    assert second["invoice"] == "'=2"
    rows = sheet_of(client.get(CLAIMS, {"export": "xlsx"}))
    claimed = rows[0].index("Amount (EUR)")
    assert [row[claimed] for row in rows[1:]] == [500, 1000.04]
    (line,) = lines_of(client.get(ORDERS, {"export": "csv"}))
    assert line["payee"] == order.payee
    assert Decimal(line["amount"]) == order.amount


def test_orders_are_nobody_elses_business_as_a_file_either(client, twice):
    log_in(client, twice[0].manager)
    for asked in ({}, {"export": "csv"}, {"export": "xlsx"}):
        assert client.get(ORDERS, asked).status_code == 404


def cost(client, address, **asked):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, asked).status_code == 200
    return len(queries)


def test_the_list_of_claims_costs_the_same_however_many_there_are(client, twice, monkeypatch):
    told, _order = twice
    log_in(client, person(role="auditor"))
    cost(client, CLAIMS)
    both = cost(client, CLAIMS)
    first = Claim.objects.latest("submitted_at")
    assert both == cost(client, CLAIMS, state="paid") == cost(client, CLAIMS, text="f-1")
    monkeypatch.setattr(ClaimList, "size", 1)
    assert both == cost(client, CLAIMS, page="2")
    # The record at the edge is looked up.
    assert cost(client, CLAIMS, after=first.pk) == both + 1
    assert told.voucher.reference
