"""The financial report on its pages: looked at, issued, read by whom it concerns, refused clearly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from conduct.actions import NotAllowed
from conduct.queries.days import today
from documents.models import Document
from reports.actions import issue_financial_report
from reports.models import PeriodReport
from tests.making import voucher_story
from tests.people import log_in
from tests.reports.making import address, asked, call_of, days_of, issued
from vouchers.applications.models import Recusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("paid 0")


def test_each_reads_the_report_that_concerns_them(client, told):
    whole, lebanon, morocco = issued(told), issued(told, country="LB"), issued(told, country="MA")
    auditor = User.objects.get(email="auditor@example.org")
    readers = {
        told.cast.coordinators[0]: [whole, lebanon, morocco],
        auditor: [whole, lebanon, morocco],
        told.officer: [lebanon],
        told.cast.officer("MA"): [morocco],
        told.manager: [],
    }
    for person, theirs in readers.items():
        log_in(client, person)
        for report in (whole, lebanon, morocco):
            status = 200 if report in theirs else 404
            for name in ("report", "docx", "annex", "sheet"):
                assert client.get(address(name, report.pk)).status_code == status, (person, name)
        page = client.get(address("list"))
        assert page.status_code == (200 if theirs else 404)
        if theirs:
            assert {row.report.country_id for row in page.context["rows"]} == {
                report.about.country_id for report in theirs
            }
    assert client.get(address("financial")).status_code == 404


def test_who_does_not_keep_the_books_issues_nothing(client, told):
    call = call_of(told)
    first, last = days_of(call)
    for person in (told.officer, User.objects.get(email="auditor@example.org")):
        with pytest.raises(NotAllowed):
            issue_financial_report(call, first=first, last=last, by=person)
        log_in(client, person)
        assert client.get(address("financial")).status_code == 404
        assert client.post(address("financial"), asked(call, first, last)).status_code == 404
    assert not PeriodReport.objects.exists()


def test_who_is_shut_out_of_an_application_reads_no_report_of_it(client, told):
    report, other = issued(told, country="LB"), issued(told, country="MA")
    coordinator = told.cast.coordinators[0]
    Recusal.objects.create(
        application=told.voucher.award.application, person=coordinator, reason="A cousin"
    )
    log_in(client, coordinator)
    assert client.get(address("report", report.pk)).status_code == 404
    assert client.get(address("report", other.pk)).status_code == 200
    page = client.get(address("list"))
    assert [row.report.country_id for row in page.context["rows"]] == ["MA"]
    with pytest.raises(NotAllowed):
        issue_financial_report(
            call_of(told), first=report.about.first, last=report.about.last, by=coordinator
        )


def test_it_is_looked_at_before_it_is_issued(client, told):
    call = call_of(told)
    first, last = days_of(call)
    log_in(client, told.cast.finance[0])
    page = client.get(address("financial", **asked(call, first, last)))
    assert "This is a preview, not a document" in page.content.decode()
    assert not PeriodReport.objects.exists()
    assert not Document.objects.filter(kind="financial-report").exists()
    assert client.post(address("financial"), asked(call, first, last)).url == address("list")
    report = Document.objects.get(kind="financial-report", language="en")
    told_of_issue = {"funding", "annex"}
    assert page.context["facts"] == {
        key: value for key, value in report.facts.items() if key not in told_of_issue
    }
    listed = client.get(address("list")).content.decode()
    assert address("report", report.pk) in listed


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (lambda first, _last: (first, first - timedelta(days=1)), "ends before it starts"),
        (lambda first, _last: (first, today() + timedelta(days=1)), "ends in the future"),
        (
            lambda first, _last: (first - timedelta(days=9), first - timedelta(days=2)),
            "The ledger of this call begins on",
        ),
        (lambda first, _last: ("yesterday", first), "Enter a valid date."),
        (lambda first, _last: ("0021-01-01", first), "before anything that the portal knows"),
    ],
)
def test_a_period_that_cannot_be_reported_is_said_beside_its_field(client, told, days, said):
    call = call_of(told)
    first, last = days(*days_of(call))
    log_in(client, told.cast.finance[0])
    for answer in (
        client.get(address("financial", **asked(call, first, last))),
        client.post(address("financial"), asked(call, first, last)),
    ):
        page = answer.content.decode()
        assert answer.status_code == 200
        assert said in page
        assert f'value="{first}"' in page
    assert not PeriodReport.objects.exists()


def test_a_call_that_does_not_exist_is_not_found(client, told):
    log_in(client, told.cast.finance[0])
    for asked_call in ("nonsense", "a" * 300):
        there = address("financial", call=asked_call, first="2026-01-01", last="2026-02-01")
        assert client.get(there).status_code == 404
