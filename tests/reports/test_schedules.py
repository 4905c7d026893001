"""Reports on a schedule: each period is made once and in order, and told to who may read it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.actions import revoke_role
from accounts.models import User
from conduct.actions import NotAllowed
from documents.queries import documents_about
from jobs.tasks import sweep_jobs
from notices.models import Notice
from notices.tasks import send_notice
from reports.actions import (
    issue_due_report,
    try_report_again,
)
from reports.actions.due import let_all_fall_due
from reports.actions.preparing import REPORTS
from reports.actions.telling import tell_of_reports
from reports.models import PeriodReport, ScheduledReport
from reports.queries import next_periods, runs_in_trouble, runs_to_look_at
from tests.making import voucher_story
from tests.people import person
from tests.reports.making import money
from tests.reports.scheduling import fall_due, files_made, on_the, scheduled

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("paid 0")


def coordinator(told):
    return told.cast.coordinators[0]


def periods(runs):
    return [(run.first, run.last, run.state) for run in runs]


def test_each_period_is_made_once_on_its_day_in_the_zone_of_the_programme(told):
    schedule = scheduled(told, due_day=1)
    with on_the(date(2028, 1, 31), time(23, 59)):
        assert fall_due() == []
    with on_the(date(2028, 2, 1), time(0, 1)):
        assert len(fall_due()) == 1
        assert len(fall_due()) == 1
    (run,) = schedule.runs.all()
    assert periods([run]) == [(date(2028, 1, 1), date(2028, 1, 31), "waiting")]
    with on_the(date(2028, 2, 29)):
        assert [one.due_on for one in next_periods(schedule)] == [
            date(2028, 3, 1),
            date(2028, 4, 1),
            date(2028, 5, 1),
        ]


@pytest.mark.parametrize(("day", "month"), [(26, 3), (29, 10)])
def test_on_a_day_on_which_the_clock_changes_a_report_falls_due_with_the_day(told, day, month):
    scheduled(told, due_day=day)
    on_it = date(2028, month, day)
    with on_the(on_it - timedelta(days=1), time(23, 59)):
        before = len(fall_due())
    with on_the(on_it, time(0, 1)):
        assert len(fall_due()) == before + 1
    with on_the(on_it, time(3, 30)):
        assert len(fall_due()) == before + 1


def test_what_was_missed_is_made_in_order_and_told_as_late(told):
    schedule = scheduled(told, due_day=5, sends_at_once=True)
    # Nothing ran for months; a worker takes the newest first.
    with on_the(date(2028, 4, 26)):
        let_all_fall_due()
        runs = list(schedule.runs.order_by("first"))
        assert [run.first.month for run in runs] == [1, 2, 3]
        assert not REPORTS.conduct(runs[2].pk)
        assert not REPORTS.conduct(runs[1].pk)
        for run in runs:
            assert REPORTS.conduct(run.pk)
            files_made(run)
        assert [run.state for run in runs] == ["sent"] * 3
        notices = Notice.objects.filter(kind="scheduled-report-made").order_by("created_at")
        assert [notice.facts["days_late"] for notice in notices] == [81, 52, 21]
        mail.outbox.clear()
        send_notice(str(notices[2].pk))
    (sent,) = mail.outbox
    assert sent.subject.startswith("Financial report, March 2028")
    assert "It is late: it was due on 5 April 2028, 21 days ago." in sent.body
    assert f"/reports/{documents_about(runs[2].report).get(language='en').pk}/" in sent.body
    assert not sent.attachments
    assert "EUR" not in sent.body


def test_a_killed_worker_and_an_empty_redis_lose_nothing(told, monkeypatch):
    schedule = scheduled(told)
    with on_the(date(2028, 2, 5)):
        let_all_fall_due()
        run = schedule.runs.get()
        # Its worker counted the attempt, and died.
        assert REPORTS.begin(run.pk).attempts == 1
    handed = []
    monkeypatch.setattr("reports.jobs.prepare_report.delay", handed.append)
    with on_the(date(2028, 2, 5), time(13)):
        sweep_jobs()
        assert run.pk in handed
        assert REPORTS.conduct(run.pk)
        assert not REPORTS.conduct(run.pk)
    assert schedule.runs.get().state == "waiting"


def test_the_database_lets_no_period_fall_due_twice(told):
    schedule = scheduled(told)
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        with pytest.raises(IntegrityError), transaction.atomic():
            ScheduledReport.objects.create(
                schedule=schedule, first=run.first, last=run.last, due_on=run.due_on
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            ScheduledReport.objects.create(
                schedule=schedule,
                first=date(2027, 12, 2),
                last=date(2027, 12, 30),
                due_on=run.due_on,
            )


def test_by_default_it_waits_for_a_look_and_nobody_else_is_told(told):
    schedule = scheduled(told)
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        assert run.report is None
        assert not PeriodReport.objects.exists()
        (notice,) = Notice.objects.filter(kind__startswith="scheduled-report")
        assert (notice.kind, notice.recipient) == ("scheduled-report-waits", coordinator(told))
        assert list(runs_to_look_at(coordinator(told))) == [run]
        with pytest.raises(NotAllowed):
            issue_due_report(run, by=told.officer)
        issue_due_report(run, by=coordinator(told))
        assert tell_of_reports() == 0
        files_made(run)
    assert run.state == "sent"
    assert (run.report.first, run.report.last) == (date(2028, 1, 1), date(2028, 1, 31))
    document = documents_about(run.report).get(language="en")
    assert document.facts["ledger"]["entries"] == run.entries
    assert sum(money(document.facts, "closing").values()) == 0
    assert [one.person for one in run.hearings.all()] == [told.cast.finance[0]]
    assert not runs_to_look_at(coordinator(told))
    assert schedule.runs.count() == 1


def test_who_may_not_read_it_when_it_is_sent_is_told_nothing(told):
    hearers = [told.officer, told.cast.finance[0]]
    schedule = scheduled(told, kind="progress", country="LB", sends_at_once=True, hearers=hearers)
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        grant = told.officer.role_grants.get(role="officer", revoked_at=None)
        revoke_role(grant, by=person(role="administrator"))
        files_made(run)
    assert {one.person: one.was_told for one in run.hearings.all()} == {
        told.officer: False,
        told.cast.finance[0]: True,
    }
    told_of = Notice.objects.filter(kind="scheduled-report-made")
    assert [notice.recipient for notice in told_of] == [told.cast.finance[0]]
    assert schedule.is_running


def test_what_was_to_be_sent_at_once_waits_where_nobody_may_issue_it_any_more(told):
    schedule = scheduled(told, sends_at_once=True)
    grant = coordinator(told).role_grants.get(role="coordinator", revoked_at=None)
    revoke_role(grant, by=person(role="administrator"))
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
    assert (run.state, run.held_because) == ("waiting", "issuer")
    assert schedule.runs.get().report is None


def test_of_what_could_not_be_made_nobody_hears_but_the_desk(told, monkeypatch):
    scheduled(told, sends_at_once=True)

    def fails(_asked):
        raise RuntimeError("the table is gone")

    monkeypatch.setattr("reports.actions.preparing.issued_of", fails)
    with on_the(date(2028, 2, 5)):
        let_all_fall_due()
        run = ScheduledReport.objects.get()
        for _attempt in range(ScheduledReport.MAX_ATTEMPTS):
            REPORTS.conduct(run.pk)
        run.refresh_from_db()
        assert (run.state, tell_of_reports()) == ("failed", 0)
        assert not Notice.objects.filter(kind__startswith="scheduled-report").exists()
        assert list(runs_in_trouble(coordinator(told))) == [run]
        assert not runs_in_trouble(told.officer)
        monkeypatch.undo()
        with pytest.raises(NotAllowed):
            try_report_again(run, by=told.officer)
        try_report_again(run, by=coordinator(told))
        REPORTS.conduct(run.pk)
        files_made(run)
    assert run.state == "sent"


def test_a_reader_in_lebanon_reads_the_month_as_it_is_called_there(told):
    User.objects.filter(pk=told.officer.pk).update(language="ar", time_zone="Asia/Beirut")
    scheduled(told, kind="progress", country="LB", sends_at_once=True, hearers=[told.officer])
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        files_made(run)
    notice = Notice.objects.get(kind="scheduled-report-made")
    assert notice.facts["period"] == "كانون الثاني 2028"
    assert notice.url == f"/reports/{documents_about(run.report).get(language='ar').pk}/"
