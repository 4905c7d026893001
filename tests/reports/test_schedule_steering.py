"""Schedules of reports that are set, changed, paused, ended, and made before their day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon
from documents.queries import documents_about
from reports.actions import (
    change_schedule,
    end_schedule,
    issue_due_report,
    make_now,
    pass_report_over,
    pause_schedule,
    resume_schedule,
)
from reports.actions.due import let_fall_due
from reports.models import ReportSchedule
from reports.queries import next_periods
from tests.making import LB, closed_story, voucher_story
from tests.reports.making import call_of
from tests.reports.scheduling import SET_ON, fall_due, on_the, scheduled, terms
from vouchers.calls.actions import create_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("paid 0")


def coordinator(told):
    return told.cast.coordinators[0]


def periods(runs):
    return [(run.first, run.last, run.state) for run in runs]


def test_pausing_lets_nothing_fall_due_and_resuming_does_not_make_it(told):
    schedule = scheduled(told)
    with on_the(date(2028, 2, 6)):
        # The clock was late: what is due by now is still made.
        pause_schedule(schedule, by=coordinator(told))
        assert [run.first.month for run in fall_due()] == [1]
        with pytest.raises(OutOfOrder):
            make_now(schedule, by=coordinator(told))
    with on_the(date(2028, 4, 7)):
        assert len(fall_due()) == 1
        schedule = resume_schedule(schedule, by=coordinator(told))
        assert len(fall_due()) == 1
        assert next_periods(schedule, 1)[0].due_on == date(2028, 5, 5)
    with on_the(date(2028, 5, 5)):
        assert [run.first.month for run in fall_due()] == [1, 4]
        end_schedule(schedule, by=coordinator(told))
        with pytest.raises(OutOfOrder):
            resume_schedule(schedule, by=coordinator(told))
        with pytest.raises(OutOfOrder):
            change_schedule(schedule, terms(told), by=coordinator(told))
    with on_the(date(2028, 8, 5)):
        assert len(fall_due()) == 2
        # It is ended, so that another may be set.
        assert ReportSchedule.objects.count() == 1


def test_after_its_last_day_a_schedule_ends_by_itself(told):
    schedule = scheduled(told, ends_on=date(2028, 3, 5))
    with on_the(date(2028, 6, 1)):
        assert [run.first.month for run in fall_due()] == [1, 2]
        schedule.refresh_from_db()
        assert schedule.is_ended
        assert let_fall_due(schedule, by=None) == 0


def test_another_day_holds_from_the_next_period_on(told):
    schedule = scheduled(told, due_day=25, starts_on=date(2028, 2, 1))
    with on_the(date(2028, 2, 10)):
        changed = change_schedule(schedule, terms(told, due_day=5), by=coordinator(told))
        # January was to fall due on the 25th: it does at once, and is not late.
        (run,) = fall_due()
        assert run.due_on == date(2028, 2, 10)
        changed = change_schedule(changed, terms(told, due_day=25), by=coordinator(told))
        assert next_periods(changed, 1)[0].due_on == date(2028, 3, 25)
    with on_the(date(2028, 2, 25)):
        assert len(fall_due()) == 1


def test_making_it_now_is_done_once(told):
    schedule = scheduled(told, due_day=25, starts_on=date(2028, 2, 1))
    with on_the(date(2028, 2, 3)):
        run = make_now(schedule, by=coordinator(told))
        assert (run.first, run.due_on) == (date(2028, 1, 1), date(2028, 2, 25))
        with pytest.raises(Refused, match="made already"):
            make_now(schedule, by=coordinator(told))
        with pytest.raises(NotAllowed):
            make_now(schedule, by=told.officer)
    with on_the(date(2028, 2, 25)):
        assert len(fall_due()) == 1
    with on_the(date(2028, 3, 25)):
        assert len(fall_due()) == 2


def test_a_period_is_passed_over_with_a_reason(told):
    scheduled(told)
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        with pytest.raises(Refused):
            pass_report_over(run, reason=" ", by=coordinator(told))
        passed = pass_report_over(run, reason="Nothing happened.", by=coordinator(told))
        assert (passed.state, passed.passed_by) == ("passed", coordinator(told))
        with pytest.raises(OutOfOrder):
            issue_due_report(passed, by=coordinator(told))
        assert len(fall_due()) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": SET_ON - timedelta(days=1)}, "ends_on"),
        ({"starts_on": SET_ON - timedelta(days=1)}, "starts_on"),
        ({"hearers": []}, "hearers"),
        ({"due_day": 0}, "due_day"),
        ({"due_day": 32}, "due_day"),
        ({"kind": "progress"}, None),
        ({"country": "TN"}, "country"),
    ],
)
def test_what_does_not_fit_is_refused(told, changes, field):
    with pytest.raises(Refused) as refused:
        scheduled(told, **changes)
    assert refused.value.field == field
    assert not ReportSchedule.objects.exists()


def test_nobody_is_named_who_may_not_read_it(told):
    foreign, own = told.cast.officer("MA"), told.officer
    with pytest.raises(Refused, match=str(foreign)) as refused:
        scheduled(told, kind="progress", country="LB", hearers=[own, foreign])
    assert refused.value.field == "hearers"
    # Of all countries no officer reads.
    with pytest.raises(Refused, match=str(own)):
        scheduled(told, hearers=[own])


def test_there_is_one_schedule_of_a_report(told):
    scheduled(told)
    with pytest.raises(Refused, match="such a schedule already"):
        scheduled(told)
    scheduled(told, frequency="quarterly")
    scheduled(told, country="LB")


def test_officers_finance_and_auditors_set_none(told):
    for somebody in (told.officer, told.cast.finance[0], told.manager):
        with pytest.raises(NotAllowed):
            scheduled(told, by=somebody)


def test_a_call_without_vouchers_is_reported_and_a_draft_is_not():
    told, _applications = closed_story(LB)
    told.officer = told.cast.officer("LB")
    schedule = scheduled(told, kind="progress", country="LB", call=told.call, sends_at_once=True)
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        assert run.state == "issued"
    assert documents_about(run.report).get(language="en").facts["vouchers"] == []
    assert schedule.is_running
    draft = create_call(
        by=told.cast.coordinators[0],
        name="Draft",
        purpose="Draft",
        slug="draft-call",
        programme_code="SUY",
        year=2026,
        opens_at=noon(1),
        deadline=noon(2),
        decision_due=noon(3).date(),
        assistance_starts=noon(3).date(),
        assistance_ends=noon(4).date(),
        voucher_amount=1,
        budget=2,
    )
    with pytest.raises(Refused, match="draft") as refused:
        scheduled(told, call=draft)
    assert refused.value.field == "call"


def test_a_call_that_is_decided_meanwhile_is_still_reported(told):
    schedule = scheduled(told, sends_at_once=True)
    assert call_of(told).state == "decided"
    with on_the(date(2028, 3, 5)):
        assert [run.state for run in fall_due()] == ["issued", "issued"]
    assert schedule.runs.count() == 2
