"""An issued report: looked at before, pinned to the ledger, the same ever after, and in Word."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from docx import Document as WordDocument
from docx.oxml.ns import qn

from accounts.models import User
from conduct.queries.days import iso_day_of
from documents.models import Document
from documents.rendering.pdf import letter_html, render
from documents.wording import amount
from reports.actions import issue_programme_report
from reports.letters import word_report
from reports.queries import pin_of
from tests.documents.samples import sample_facts
from tests.making import LB, awarded, closed_story, voucher_story
from tests.people import log_in
from vouchers.books.models import LedgerHead
from vouchers.books.queries import head_of

pytestmark = pytest.mark.django_db
STEPS = (
    *("handed in", "accepted by cluster", "accepted", "claimed"),
    *("verified", "approved", "ordered", "paid"),
)


def issued(told, language="en"):
    call = told.voucher.award.application.call
    return call, issue_programme_report(call, by=told.cast.coordinators[0])[language]


def pay_the_rest(told):
    """The second milestone, from its delivery to the bank."""
    for step in STEPS:
        told.take(f"{step} 1")


def address(name, *args):
    return reverse(f"reports:{name}", args=args)


def word(report):
    return WordDocument(io.BytesIO(word_report(report)))


def words_of(file):
    paragraphs = [
        *file.paragraphs,
        *(p for row in rows_of(file) for c in row for p in c.paragraphs),
    ]
    return "\n".join(paragraph.text for paragraph in paragraphs)


def rows_of(file):
    return [row.cells for table in file.tables for row in table.rows]


def test_money_moved_after_issuing_changes_nothing_of_it(client):
    told = voucher_story("paid 0")
    call, report = issued(told)
    head = LedgerHead.objects.get(call=call)
    assert report.facts["ledger"] == {
        "entries": head.number,
        "seal": head.seal,
        "day": iso_day_of(head_of(call).entered_at),
    }
    # A seal is broken over lines where a browser likes.
    assert head.seal in letter_html(report).replace("<wbr>", "")
    before, file, page = report.facts, render(report).content, word_report(report)
    assert not pin_of(report, call).since
    pay_the_rest(told)

    report = Document.objects.get(pk=report.pk)
    assert (report.facts, render(report).content) == (before, file)
    assert words_of(word(report)) == words_of(WordDocument(io.BytesIO(page)))
    pin = pin_of(report, call)
    assert pin.stands
    assert pin.moved == LedgerHead.objects.get(call=call).number - head.number > 0
    said = log_in(client, told.cast.coordinators[0]).get(address("report", report.pk))
    assert f"{pin.moved} entries were made since" in said.content.decode()
    paid = said.context["figures"][-1]
    assert (paid.then, paid.now) == (str(told.shares[0]), "5000.00")
    assert said.context["is_unchanged"]


def test_a_head_that_the_ledger_does_not_hold_is_told():
    told = voucher_story("paid 0")
    call, report = issued(told)
    report.facts["ledger"]["seal"] = "0" * 64
    assert not pin_of(report, call).stands


def test_the_books_stand_still_while_the_report_is_written():
    told = voucher_story("paid 0")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        issued(told)
    said = [query["sql"] for query in asked]
    lock = next(at for at, sql in enumerate(said) if "ledgerhead" in sql and "FOR NO KEY" in sql)
    assert lock < next(at for at, sql in enumerate(said) if "SUM(" in sql)


def test_a_report_that_was_replaced_leads_to_the_one_that_holds(client):
    told = voucher_story("paid 0")
    _call, first = issued(told)
    pay_the_rest(told)
    _call, second = issued(told)
    first.refresh_from_db()
    assert (first.validity, second.pk != first.pk) == ("superseded", True)
    page = log_in(client, told.cast.coordinators[0]).get(address("report", first.pk))
    assert address("report", second.pk) in page.content.decode()


def test_a_preview_says_what_the_report_would_and_keeps_nothing(client):
    told = voucher_story("closed")
    call = told.voucher.award.application.call
    page = log_in(client, told.cast.coordinators[0]).get(address("preview", call.slug))
    assert "This is a preview, not a document" in page.content.decode()
    assert LB.name in page.content.decode()
    assert not Document.objects.filter(kind="programme-report").exists()
    _call, report = issued(told)
    assert {**page.context["facts"], "funding": report.facts["funding"]} == report.facts


def test_there_is_no_preview_before_the_decision_and_none_for_others(client):
    story, _applications = closed_story(LB)
    there = address("preview", story.call.slug)
    page = log_in(client, story.cast.coordinators[0]).get(there)
    assert "The call is not decided yet" in page.content.decode()
    assert log_in(client, story.cast.officer("LB")).get(there).status_code == 404
    assert client.get(address("preview", "nonsense")).status_code == 404


def test_a_call_without_vouchers_is_reported(client):
    story, _awards = awarded(LB)
    log_in(client, story.cast.coordinators[0])
    page = client.get(address("preview", story.call.slug)).content.decode()
    assert "No voucher was accepted here." in page
    report = issue_programme_report(story.call, by=story.cast.coordinators[0])["en"]
    assert "No voucher was accepted here." in words_of(word(report))
    assert client.get(address("report", report.pk)).status_code == 200


def test_who_reads_the_report_reads_where_it_stands_and_nobody_else(client):
    told = voucher_story("paid 0")
    _call, report = issued(told)
    for person, status in (
        (told.cast.finance[0], 200),
        (User.objects.get(email="auditor@example.org"), 200),
        (told.officer, 404),
        (told.manager, 404),
    ):
        log_in(client, person)
        for name in ("report", "docx"):
            assert client.get(address(name, report.pk)).status_code == status, person


def test_another_document_is_no_report(client):
    told = voucher_story("paid 0")
    other = Document.objects.filter(kind="agreement").first()
    log_in(client, told.cast.coordinators[0])
    for name in ("report", "docx"):
        assert client.get(address(name, other.pk)).status_code == 404


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_word_document_says_what_the_facts_say(client, language):
    told = voucher_story("closed")
    _call, report = issued(told, language)
    answer = log_in(client, told.cast.coordinators[0]).get(address("docx", report.pk))
    assert answer["Content-Disposition"].endswith(f'-{language}.docx"')
    file = WordDocument(io.BytesIO(answer.content))
    text = words_of(file)
    facts = report.facts
    headings = [one.text for one in file.paragraphs if one.style.name.startswith("Heading")]
    for country in facts["countries"]:
        assert f"{country['country']} · {country['partner']}" in headings
        for cluster in country["clusters"]:
            assert cluster["cluster"] in headings
            for said in ("reference", "sector", "state", "provider", "summary", "results"):
                for line in cluster[said].splitlines():
                    assert line in text, said
    rows = rows_of(file)
    with override(language):
        paid = [
            amount(value) for value in (*(one["paid"] for one in facts["countries"]), facts["paid"])
        ]
    assert [
        row[5].text.strip("\N{LEFT-TO-RIGHT ISOLATE}\N{POP DIRECTIONAL ISOLATE}")
        for row in rows[1:]
    ] == paid
    for row, country in zip(rows[1:], facts["countries"], strict=False):
        figures = [country[key] for key in ("applications", "eligible", "awarded")]
        assert [row[at].text for at in (2, 3, 4)] == [str(figure) for figure in figures]
    assert facts["ledger"]["seal"] in text
    assert report.grouped_code in text
    assert file.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_in_arabic_all_of_it_runs_from_right_to_left():
    told = voucher_story("closed")
    _call, report = issued(told, "ar")
    file = word(report)
    for paragraph in file.paragraphs:
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None, paragraph.text
        assert all(run.font.rtl for run in paragraph.runs)
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in file.tables)
    assert "<w:bidi" not in WordDocument(io.BytesIO(word_report(issued(told)[1]))).element.xml


def test_what_people_wrote_is_text_and_nothing_else():
    facts = sample_facts("programme-report", "en")
    cluster = facts["countries"][0]["clusters"][0]
    cluster["cluster"] = "<w:p/>&amp; \N{RIGHT-TO-LEFT OVERRIDE}=HYPERLINK()"
    cluster["summary"] = "</w:t><script>alert(1)</script>\x0b\x01 {{ paid }} %(paid)s"
    file = word(
        Document(kind="programme-report", language="en", facts={"funding": "funded", **facts})
    )
    text = words_of(file)
    assert cluster["cluster"] in text
    assert "</w:t><script>alert(1)</script>" in text
    assert "{{ paid }} %(paid)s" in text
