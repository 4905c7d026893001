"""The financial report of a period: its sums are the ledger's, and it is pinned to its head."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils.translation import override
from docx import Document as WordDocument
from openpyxl import load_workbook

from conduct.actions import Refused
from conduct.queries.days import today
from documents.models import Document
from documents.rendering.pdf import render
from documents.wording import amount, day
from reports.actions import issue_financial_report
from reports.letters import word_report
from reports.models import PeriodReport
from reports.queries import pin_of
from tests.making import LB, awarded, closed_story, voucher_story
from tests.people import log_in
from tests.reports.making import KEYS, address, asked, call_of, days_of, issued, money
from tests.reports.test_issued import pay_the_rest, words_of
from vouchers.books.actions import close_period, propose_period
from vouchers.books.models import LedgerAccount, LedgerEntry
from vouchers.books.queries import books_up_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("paid 0")


def test_what_stands_at_the_end_is_what_the_ledger_holds(told):
    facts = issued(told).facts
    held = {
        row["kind"]: row["debited"] - row["credited"]
        for row in LedgerAccount.objects.filter(call=call_of(told))
        .order_by()
        .values("kind")
        .annotate(debited=Sum("debits"), credited=Sum("credits"))
    }
    closing = money(facts, "closing")
    assert {kind: closing[kind] for kind in held} == held
    assert sum(value for kind, value in closing.items() if kind not in held) == 0
    assert facts["bank"] == str(told.shares[0])
    assert (facts["in_all"]["opening"], facts["in_all"]["closing"]) == ("0.00", "0.00")
    assert facts["in_all"]["debits"] == facts["in_all"]["credits"]


def test_opening_and_movements_come_to_closing_on_every_day_of_the_books():
    told = voucher_story("closed")
    call = call_of(told)
    first, last = days_of(call)
    for split in {entry.day for entry in LedgerEntry.objects.filter(call=call)}:
        before, after = (
            issued(told, first - timedelta(days=1), split - timedelta(days=1))
            if split > first
            else None,
            issued(told, split, last),
        )
        for row in [*after.facts["accounts"], after.facts["in_all"]]:
            opening, came, went, closing = (Decimal(row[key]) for key in KEYS)
            assert opening + came - went == closing, (split, row)
        if before is None:
            assert not any(money(after.facts, "opening").values())
            continue
        assert money(after.facts, "opening") == money(before.facts, "closing"), split
        (books,) = (
            books for books in books_up_to(split - timedelta(days=1)) if books["call"] == call.pk
        )
        closing = money(before.facts, "closing")
        assert {row["kind"]: Decimal(row["balance"]) for row in books["sums"]} == {
            row["kind"]: closing[row["kind"]] for row in books["sums"]
        }


def test_each_voucher_and_country_adds_up(told):
    facts = issued(told).facts
    for row in [*facts["vouchers"], *facts["countries"], facts]:
        held = sum(
            Decimal(row[kind])
            for kind in ("committed", "payable", "in_transit", "bank", "advanced", "receivable")
        )
        assert Decimal(row["awarded"]) == held + Decimal(row["released"]) + Decimal(
            row["recovered"]
        )
    (voucher,) = facts["vouchers"]
    assert (voucher["reference"], voucher["cluster"]) == (told.voucher.reference, LB.name)
    lebanon, morocco = facts["countries"]
    assert (lebanon["number"], lebanon["bank"]) == (1, str(told.shares[0]))
    assert (morocco["number"], morocco["awarded"]) == (0, "0.00")


def test_the_movements_are_the_entries_of_the_period(told):
    call = call_of(told)
    facts = issued(told).facts
    entries = list(LedgerEntry.objects.filter(call=call).order_by("number"))
    assert sum(row["number"] for row in facts["movements"]) == len(entries)
    assert [row["seal"] for row in facts["entries"]] == [entry.seal for entry in entries]
    assert facts["ledger"]["seal"] == entries[-1].seal


def test_money_moved_after_issuing_changes_nothing_of_it(client, told):
    report = issued(told)
    call = call_of(told)
    reader = log_in(client, told.cast.finance[0])
    file = render(report).content
    annex = b"".join(reader.get(address("annex", report.pk)).streaming_content)
    pay_the_rest(told)

    report = Document.objects.get(pk=report.pk)
    assert render(report).content == file
    later = b"".join(reader.get(address("annex", report.pk)).streaming_content)
    assert later == annex
    assert hashlib.sha256(annex).hexdigest() == report.facts["annex"]
    assert pin_of(report, call).stands
    page = reader.get(address("report", report.pk))
    booked = next(one for one in page.context["figures"] if one.label == "booked by the bank")
    assert (booked.then, booked.now) == (str(told.shares[0]), "5000.00")
    second = issued(told)
    report.refresh_from_db()
    assert (report.validity, second.facts["bank"]) == ("superseded", "5000.00")
    assert PeriodReport.objects.count() == 1


def test_the_annex_holds_every_entry_with_its_seal(client, told):
    report = issued(told)
    log_in(client, told.cast.finance[0])
    answer = client.get(address("annex", report.pk))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    entries = LedgerEntry.objects.filter(call=call_of(told)).order_by("number")
    assert [(row["number"], row["amount"], row["seal"]) for row in rows] == [
        (str(entry.number), str(entry.amount), entry.seal) for entry in entries
    ]
    assert answer["Content-Disposition"].endswith('-financial-report-en.csv"')
    sheet = client.get(address("sheet", report.pk))
    book = load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
    assert book.sheetnames == [
        *("Trial balance", "Movements", "By country", "By voucher", "Entries")
    ]
    assert book["Entries"].max_row == len(entries) + 1


def test_only_what_was_paid_in_the_period_is_told_of_it(told):
    call = call_of(told)
    booked = LedgerEntry.objects.get(call=call, kind="booking")
    before = issued(told, last=booked.day - timedelta(days=1)).facts
    assert before["bank"] == "0.00"
    assert booked.seal not in {row["seal"] for row in before["entries"]}
    of_the_day = issued(told, booked.day, booked.day).facts
    assert "payment booked" in {row["movement"] for row in of_the_day["movements"]}
    assert money(of_the_day, "opening")["bank"] == 0


def test_a_country_has_its_vouchers_alone(told):
    lebanon, morocco = (issued(told, country=code).facts for code in ("LB", "MA"))
    assert [row["kind"] for row in lebanon["accounts"]] == [
        *("committed", "payable", "in_transit", "bank", "advanced", "receivable")
    ]
    assert [row["country"] for row in lebanon["countries"]] == ["Lebanon"]
    assert lebanon["bank"] == str(told.shares[0])
    assert all(row["voucher"].startswith("SUV-") for row in lebanon["entries"])
    assert (morocco["vouchers"], morocco["entries"], morocco["bank"]) == ([], [], "0.00")


def test_a_country_outside_the_call_is_refused(told):
    first, last = days_of(call_of(told))
    with pytest.raises(Refused, match="takes no part in the call"):
        issued(told, first, last, country="TN")


def test_a_call_without_vouchers_is_reported(client):
    story, _applications = closed_story(LB)
    first, _last = days_of(story.call)
    report = issue_financial_report(
        story.call, first=first, last=today(), by=story.cast.coordinators[0]
    )["en"]
    assert report.facts["vouchers"] == []
    assert "No voucher was given here" in words_of(WordDocument(io.BytesIO(word_report(report))))
    log_in(client, story.cast.coordinators[0])
    page = client.get(address("financial", **asked(story.call, first, today()))).content.decode()
    assert "No voucher was given here until the end of the period." in page


def test_a_period_in_which_nothing_moved_says_so(client, told):
    call = call_of(told)
    booked = days_of(call)[1]
    report = issued(told, booked + timedelta(days=1), today())
    assert report.facts["entries"] == []
    assert money(report.facts, "opening") == money(report.facts, "closing")
    assert "Nothing was entered in the ledger in this period." in words_of(
        WordDocument(io.BytesIO(word_report(report)))
    )


def test_an_award_that_was_not_taken_up_is_no_money_of_a_voucher():
    story, awards = awarded(LB)
    first, _last = days_of(story.call)
    before = issue_financial_report(
        story.call, first=first, last=today(), by=story.cast.finance[0]
    )["en"]
    assert len(before.facts["vouchers"]) == len(awards)


def test_the_days_that_are_closed_are_final(told):
    call = call_of(told)
    _first, last = days_of(call)
    assert not issued(told, last=last).facts["is_closed"]
    proposal = propose_period(ends_on=last, by=told.cast.finance[0])
    close_period(proposal, by=told.cast.coordinators[0])
    report = issued(told, last=last)
    assert report.facts["is_closed"]
    assert not issued(told, last=today()).facts["is_closed"]
    assert "The books of this period are closed" in words_of(
        WordDocument(io.BytesIO(word_report(report)))
    )


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_word_document_says_what_the_facts_say(client, told, language):
    report = issued(told, language=language)
    answer = log_in(client, told.cast.finance[0]).get(address("docx", report.pk))
    text = words_of(WordDocument(io.BytesIO(answer.content)))
    facts = report.facts
    with override(language):
        for row in facts["accounts"]:
            for key in KEYS:
                assert amount(row[key]) in text
        assert day(facts["first"]) in text
    for said in (*(row["seal"] for row in facts["entries"]), facts["annex"], LB.name):
        assert said in text
