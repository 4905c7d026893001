"""The pages of the ledger: who reads what, in how many queries, and the same in every file."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from conduct.actions import OutOfOrder
from documents.models import Document
from tests.endings.making import ahead
from tests.making import MA
from tests.payments.making import approved, order_of, paid
from tests.people import log_in, person
from vouchers.applications.models import Recusal
from vouchers.books.actions import close_period, drop_proposal, propose_period
from vouchers.books.models import ClosedPeriod, LedgerAccount, PeriodProposal
from vouchers.payments import actions

from .making import closed, voucher_and_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    told, _offer = voucher_and_offer()
    paid(told, told._milestone(0), amount="1234.56")
    found = approved(told, told._milestone(1), amount="700.00", number="F-2")
    order_of(found, told.cast)
    return told


def page(client, who, name, *args, **query):
    return log_in(client, who).get(reverse(f"ledger:{name}", args=args, query=query or None))


def account(told, kind):
    return LedgerAccount.objects.get(application=told.voucher.award.application, kind=kind)


def test_the_trial_balance_adds_up_to_nothing(client, told):
    call = told.voucher.award.application.call
    found = page(client, told.cast.finance[0], "trial").context
    assert found["in_all"]["balance"] == 0
    assert found["in_all"]["debits"] == found["in_all"]["credits"] > 0
    sums = {row["kind"]: row["balance"] for row in found["sums"]}
    assert sums == {
        "grant": -call.budget,
        "available": call.budget - 10_000,
        "committed": Decimal("8065.44"),
        "payable": 0,
        "in_transit": Decimal("700.00"),
        "bank": Decimal("1234.56"),
    }


def test_an_officer_reads_the_own_country_and_no_account_of_a_call(client, told):
    elsewhere = page(client, told.cast.officer("MA"), "trial")
    assert (elsewhere.status_code, list(elsewhere.context["rows"])) == (200, [])
    found = page(client, told.cast.officer("LB"), "trial")
    assert {one.application.country_id for one in found.context["rows"]} == {"LB"}
    assert {row["kind"] for row in found.context["sums"]} == {
        *("committed", "payable", "in_transit", "bank")
    }


STAFF = {
    "coordinator": 200,
    "finance": 200,
    "auditor": 200,
    "LB": 200,
    "MA": 404,
    "manager": 200,
    "stranger": 404,
    "assessor": 404,
}


def somebody(told, who):
    return {
        "coordinator": lambda: told.cast.coordinators[0],
        "finance": lambda: told.cast.finance[0],
        "auditor": lambda: person("auditor2@example.org", role=Role.AUDITOR),
        "LB": lambda: told.cast.officer("LB"),
        "MA": lambda: told.cast.officer("MA"),
        "manager": lambda: told.manager,
        "stranger": lambda: told.cast.manager(MA.name, MA.country, MA.language),
        "assessor": lambda: told.cast.assessors[0],
    }[who]()


@pytest.mark.parametrize("who", STAFF)
def test_who_reads_the_statement_of_a_voucher_and_its_accounts(client, told, who):
    reader = somebody(told, who)
    assert page(client, reader, "statement", told.voucher.pk).status_code == STAFF[who]
    assert page(client, reader, "account", account(told, "bank").pk).status_code == STAFF[who]


ALL = {"coordinator": 200, "finance": 200, "auditor": 200}


@pytest.mark.parametrize("who", STAFF)
def test_only_who_reads_everything_reads_the_books_of_a_call(client, told, who):
    call = told.voucher.award.application.call
    reader, expected = somebody(told, who), ALL.get(who, 404)
    assert page(client, reader, "journal", call.slug).status_code == expected
    available = LedgerAccount.objects.get(call=call, kind="available")
    assert page(client, reader, "account", available.pk).status_code == expected
    assert page(client, reader, "earlier").status_code == expected
    trial = page(client, reader, "trial").status_code
    assert trial == (200 if expected == 200 or who in ("LB", "MA") else 404)


def test_who_is_shut_out_of_a_voucher_reads_neither_it_nor_the_books_of_its_call(client, told):
    coordinator = told.cast.coordinators[0]
    application = told.voucher.award.application
    Recusal.objects.create(application=application, person=coordinator, reason="My sister.")
    assert page(client, coordinator, "statement", told.voucher.pk).status_code == 404
    assert page(client, coordinator, "account", account(told, "bank").pk).status_code == 404
    assert page(client, coordinator, "journal", application.call.slug).status_code == 404
    rows = page(client, coordinator, "trial").context["rows"]
    assert application.reference not in {one.reference for one in rows}


@pytest.mark.parametrize("name", ["trial", "account", "statement"])
def test_a_page_asks_as_often_for_many_rows_as_for_few(client, name):
    told, _offer = voucher_and_offer()
    paid(told, told._milestone(0))
    args = {"trial": [], "account": [account(told, "committed").pk], "statement": [told.voucher.pk]}
    address = reverse(f"ledger:{name}", args=args[name])
    log_in(client, told.cast.finance[0])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        before = len(client.get(address).context["rows"])
    entered_more(told)
    with CaptureQueriesContext(connection) as many:
        after = len(client.get(address).context["rows"])
    assert after > before or name == "trial"
    assert len(many) == len(few)
    assert len(few) <= 22


def entered_more(told):
    """Six entries more on the voucher."""
    for number in range(3):
        found = approved(told, told._milestone(1), amount="10.00", number=f"G-{number}")
        actions.reverse_approval(found, reason="Wrong", by=told.cast.coordinators[0])


def texts(answer):
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("name", ["trial", "account", "statement"])
def test_csv_and_spreadsheet_hold_what_the_page_shows(client, told, name):
    args = {"trial": [], "account": [account(told, "committed").pk], "statement": [told.voucher.pk]}
    shown = page(client, told.cast.finance[0], name, *args[name]).context["rows"]
    lines = texts(page(client, told.cast.finance[0], name, *args[name], export="csv")).decode()
    rows = list(csv.DictReader(io.StringIO(lines.removeprefix("\ufeff"))))
    column = "amount" if name == "statement" else "balance"
    amounts = [str(getattr(one, column)) for one in shown]
    assert [row[column] for row in rows] == amounts
    book = openpyxl.load_workbook(
        io.BytesIO(texts(page(client, told.cast.finance[0], name, *args[name], export="xlsx")))
    )
    cells = list(book.active.values)
    position = [*rows[0]].index(column)
    assert [f"{row[position]:.2f}" for row in cells[1:]] == amounts


@pytest.mark.parametrize("name", ["trial", "account", "statement"])
def test_a_document_states_what_the_page_shows(client, told, name):
    call = told.voucher.award.application.call
    args = {"trial": call.slug, "account": account(told, "bank").pk, "statement": told.voucher.pk}
    log_in(client, told.cast.finance[0])
    answer = client.post(reverse(f"ledger:issue_{name}", args=[args[name]]))
    assert answer.status_code == 302
    kind = {"trial": "trial-balance", "account": "account-sheet", "statement": "voucher-statement"}
    found = Document.objects.filter(kind=kind[name])
    assert {one.language for one in found} == {"en", "fr", "ar"}
    facts = found.get(language="en").facts
    assert facts["ledger"]["seal"]
    if name == "trial":
        assert facts["in_all"]["balance"] == "0.00"
        assert [row["bank"] for row in facts["vouchers"]] == ["1234.56", "0.00"]
    elif name == "account":
        assert (facts["balance"], facts["lines"][-1]["debit"]) == ("1234.56", "1234.56")
    else:
        assert facts["money"]["in_transit"] == "700.00"
        assert facts["lines"][0]["amount"] == "5000.00"


def test_nobody_makes_a_document_of_what_they_may_not_read(client, told):
    call = told.voucher.award.application.call
    log_in(client, told.cast.officer("MA"))
    for name, key in (
        ("trial", call.slug),
        ("account", account(told, "bank").pk),
        ("statement", told.voucher.pk),
    ):
        assert client.post(reverse(f"ledger:issue_{name}", args=[key])).status_code == 404
    assert not Document.objects.filter(kind__in=["trial-balance", "account-sheet"]).exists()


def test_a_period_is_closed_on_its_page_by_who_may(client, told):
    address = reverse("ledger:periods")
    sent = {"ends_on": ahead(-40).isoformat(), "reason": "October"}
    officer = log_in(client, told.cast.officer("LB"))
    assert officer.post(address, sent).status_code in (403, 404)
    assert not ClosedPeriod.objects.exists()
    finance = log_in(client, told.cast.finance[0])
    assert finance.post(address, sent).status_code == 302
    proposal = PeriodProposal.objects.get()
    close = reverse("ledger:close_period", args=[proposal.pk])
    assert finance.post(close).status_code == 403
    assert not ClosedPeriod.objects.exists()
    coordinator = log_in(client, told.cast.coordinators[0])
    assert close in coordinator.get(address).content.decode()
    assert coordinator.post(close).status_code == 302
    period = ClosedPeriod.objects.get()
    assert (period.ends_on, period.note) == (ahead(-40), "October")
    assert (period.proposed_by, period.closed_by) == (
        told.cast.finance[0],
        told.cast.coordinators[0],
    )
    again = coordinator.post(address, sent).content.decode()
    assert "closed once" in again
    assert "October" in again


def test_a_closed_period_shows_its_books_as_they_were(client, told):
    period = closed(ahead(-2), told.cast)
    page = log_in(client, told.cast.finance[1]).get(period.get_absolute_url()).content.decode()
    call = told.voucher.award.application.call
    (kept,) = [one for one in period.books if one["call"] == call.pk]
    assert kept["seal"] in page
    assert "it stands as it was closed" in page
    assert sum(Decimal(row["balance"]) for row in kept["sums"]) == 0
    # What is entered since is dated after it: the page says the same.
    paid(told, told._milestone(0), amount="5.00", number="F-9", reference="BK9")
    period.refresh_from_db()
    assert "it stands as it was closed" in client.get(period.get_absolute_url()).content.decode()
    officer = log_in(client, told.cast.officer("LB"))
    assert officer.get(period.get_absolute_url()).status_code == 404


def test_a_proposal_is_dropped_and_closed_no_more(told):
    proposal = propose_period(ends_on=ahead(-3), by=told.cast.finance[0])
    drop_proposal(proposal, by=told.cast.finance[1])
    with pytest.raises(OutOfOrder):
        close_period(proposal, by=told.cast.coordinators[0])
