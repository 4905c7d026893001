"""The progress report of a country: what its vouchers' records say, for a period, to its own people."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from docx import Document as WordDocument

from accounts.models import User
from clusters.models import Country
from conduct.actions import NotAllowed
from conduct.queries.days import today
from documents.models import Document
from documents.rendering.pdf import render
from documents.wording import day
from reports.actions import issue_progress_report
from reports.letters import progress_facts, word_report
from reports.models import PeriodReport
from reports.queries import progress_of
from tests.assistance.delivery.session import logged
from tests.making import LB, awarded, voucher_story
from tests.people import log_in
from tests.reports.making import address, asked, call_of, days_of, progress_issued
from tests.reports.test_issued import pay_the_rest, words_of
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.rules.hours import days_of as days_of_hours
from vouchers.assistance.plans.models import Milestone
from vouchers.standing.actions import judged_now
from vouchers.standing.wording import whose_turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("paid 0")


def test_it_says_what_the_records_of_each_voucher_say(told):
    report = progress_issued(told)
    facts = report.facts
    (voucher,) = facts["vouchers"]
    assert (voucher["cluster"], voucher["reference"]) == (LB.name, told.voucher.reference)
    standing = judged_now(told.voucher)
    with override("en"):
        assert voucher["stage"] == standing.get_stage_display()
        assert voucher["next"] == whose_turn(standing)
    milestones = Milestone.objects.filter(plan__voucher=told.voucher, removed_in=None)
    assert Decimal(voucher["planned"]) == sum(one.days for one in milestones)
    hours = sum(one.hours for one in Session.objects.filter(state__in=Session.STANDING))
    assert Decimal(voucher["used"]) == days_of_hours(hours)
    assert [row["title"] for row in voucher["milestones"]] == [one.title for one in milestones]
    assert voucher["money"]["bank"] == facts["money"]["bank"] == str(told.shares[0])
    assert voucher["money"]["awarded"] == str(told.voucher.amount)
    assert [(row["number"], row["stage"]) for row in facts["stages"]] == [(1, voucher["stage"])]


def test_only_what_happened_in_the_period_is_told_of_it(told):
    session = logged(told, 4)
    accepted = told._deliverable(0).accepted_at.date()
    of_the_day = progress_issued(told, accepted, accepted).facts["vouchers"][0]
    assert [row["title"] for row in of_the_day["accepted"]] == [told._milestone(0).title]
    inside = progress_issued(told, session.day, today()).facts["vouchers"][0]
    used = format(days_of_hours(session.hours).normalize(), "f")
    assert (inside["sessions"], inside["used_in_period"]) == (1, used)
    after = progress_issued(told, session.day + timedelta(days=1), today()).facts["vouchers"][0]
    assert (after["sessions"], after["used_in_period"], after["used"]) == (0, "0", used)
    assert after["accepted"] == []


def test_a_late_milestone_says_why(told):
    late = told._milestone(1)
    report = PeriodReport(
        kind="progress",
        call=call_of(told),
        country_id="LB",
        first=today(),
        last=late.due_on + timedelta(days=12),
        made_by=told.officer,
    )
    (voucher,) = progress_facts(report)["vouchers"]
    (row,) = voucher["late"]
    assert (row["title"], row["days"]) == (late.title, 12)
    assert row["why"] == ["Nothing has been handed in."]


def test_what_happens_after_issuing_changes_nothing_of_it(client, told):
    report = progress_issued(told)
    file = render(report).content
    pay_the_rest(told)
    report = Document.objects.get(pk=report.pk)
    assert render(report).content == file
    page = log_in(client, told.officer).get(address("report", report.pk))
    booked = page.context["figures"][-1]
    assert (booked.then, booked.now) == (str(told.shares[0]), "5000.00")


def test_an_officer_reports_the_own_country_and_no_other(client, told):
    call = call_of(told)
    first, _last = days_of(call)
    log_in(client, told.officer)
    there = address("progress", **asked(call, first, today(), "LB"))
    page = client.get(there)
    assert LB.name in page.content.decode()
    assert not PeriodReport.objects.exists()
    assert client.post(address("progress"), asked(call, first, today(), "LB")).status_code == 302
    foreign = client.post(address("progress"), asked(call, first, today(), "MA"))
    assert "Select a valid choice" in foreign.content.decode()
    nowhere = client.post(address("progress"), asked(call, first, today()))
    assert "This field is required." in nowhere.content.decode()
    assert PeriodReport.objects.get().country_id == "LB"
    with pytest.raises(NotAllowed):
        issue_progress_report(
            call,
            country=Country.objects.get(pk="MA"),
            first=first,
            last=today(),
            by=told.officer,
        )


def test_each_reads_the_report_that_concerns_them(client, told):
    report = progress_issued(told)
    for person, status in (
        (told.cast.coordinators[0], 200),
        (told.cast.finance[0], 200),
        (User.objects.get(email="auditor@example.org"), 200),
        (told.cast.officer("MA"), 404),
        (told.manager, 404),
    ):
        log_in(client, person)
        for name in ("report", "docx"):
            assert client.get(address(name, report.pk)).status_code == status, person
    # It has no annex.
    log_in(client, told.officer)
    assert client.get(address("annex", report.pk)).status_code == 404


def test_finance_reports_money_and_no_progress(client, told):
    log_in(client, told.cast.finance[0])
    assert client.get(address("progress")).status_code == 404
    with pytest.raises(NotAllowed):
        progress_issued(told, by=told.cast.finance[0])


def test_a_country_without_vouchers_is_reported():
    story, _awards = awarded(LB)
    first, _last = days_of(story.call)
    report = issue_progress_report(
        story.call,
        country=Country.objects.get(pk="LB"),
        first=first,
        last=today(),
        by=story.cast.coordinators[0],
    )["en"]
    assert report.facts["vouchers"] == []
    text = words_of(WordDocument(io.BytesIO(word_report(report))))
    assert "No voucher was given here until the end of the period." in text


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_word_document_says_what_the_facts_say(client, language):
    told = voucher_story("closed")
    report = progress_issued(told, language=language)
    answer = log_in(client, told.officer).get(address("docx", report.pk))
    text = words_of(WordDocument(io.BytesIO(answer.content)))
    (voucher,) = report.facts["vouchers"]
    assert voucher["indicators"]
    for said in (
        *(row["title"] for row in voucher["milestones"]),
        *(row["stands"] for row in voucher["milestones"]),
        *(row["name"] for row in voucher["indicators"]),
        *(voucher["cluster"], voucher["provider"], voucher["stage"]),
    ):
        assert said in text
    assert report.facts["country_code"] == "LB"
    with override(language):
        assert report.facts["ledger"]["seal"] in text
        assert day(voucher["valid_until"]).split()[-1] in text


def test_one_voucher_more_costs_no_query_more(told):
    report = progress_issued(told).about
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        (found,) = progress_of(report)
        assert found.needs is not None
        assert found.plan is not None
        _indicators = found.indicators
    assert len(asked_for) <= 8
