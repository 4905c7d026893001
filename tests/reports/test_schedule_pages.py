"""The pages of schedules: set, looked at, steered, and refused clearly; each sees what concerns them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import revoke_role
from accounts.models import User
from conduct.queries.days import today
from documents.queries import documents_about
from reports.actions import change_schedule, pause_schedule
from reports.models import ReportSchedule
from tests.making import voucher_story
from tests.people import log_in, person
from tests.reports.making import address, call_of
from tests.reports.scheduling import SET_ON, fall_due, files_made, on_the, scheduled, terms
from vouchers.applications.models import Recusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("paid 0")


def typed(told, **changes):
    return {
        "kind": "progress",
        "call": call_of(told).slug,
        "country": "LB",
        "frequency": "monthly",
        "due_day": 1,
        "starts_on": today(),
        "ends_on": "",
        "sending": "look",
        "hearers": [told.officer.pk],
        **changes,
    }


def test_a_coordinator_sets_a_schedule_and_reads_the_next_dates(client, told):
    coordinator = told.cast.coordinators[0]
    with on_the(SET_ON):
        log_in(client, coordinator)
        page = client.get(address("new_schedule", call=call_of(told).slug, country="LB"))
        assert page.context["form"]["sending"].value() == "look"
        # Pressed twice, it is set once.
        answer = client.post(address("new_schedule"), typed(told), follow=True)
        again = client.post(address("new_schedule"), typed(told))
        assert "There is such a schedule already" in again.content.decode()
        text = answer.content.decode()
    schedule = ReportSchedule.objects.get()
    assert not schedule.sends_at_once
    for said in (
        "1 February 2028, for January 2028",
        "1 March 2028, for February 2028",
        "1 April 2028, for March 2028",
        str(told.officer),
        "It waits for the look of a coordinator",
    ):
        assert said in text
    assert "1 May 2028" not in text


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"ends_on": "2028-01-19"}, "ends_on", "before it starts"),
        ({"starts_on": "2028-01-19"}, "starts_on", "today or a later day"),
        ({"starts_on": "2200-01-01"}, "starts_on", "less than or equal"),
        ({"due_day": 0}, "due_day", "greater than or equal to 1"),
        ({"due_day": 32}, "due_day", "less than or equal to 31"),
        ({"due_day": "first"}, "due_day", ""),
        ({"hearers": []}, "hearers", "required"),
        ({"country": ""}, "country", "Choose the country"),
        ({"country": "TN"}, "country", "takes no part in the call"),
        ({"call": "nonsense"}, "call", "valid choice"),
        ({"frequency": "daily"}, "frequency", "valid choice"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(client, told, changes, field, said):
    with on_the(SET_ON):
        log_in(client, told.cast.coordinators[0])
        answer = client.post(address("new_schedule"), typed(told, **changes))
    form = answer.context["form"]
    assert said in " ".join(form.errors[field])
    assert form["sending"].value() == "look"
    assert not ReportSchedule.objects.exists()


def test_who_may_not_read_the_report_is_named(client, told):
    log_in(client, told.cast.coordinators[0])
    foreign = told.cast.officer("MA")
    answer = client.post(address("new_schedule"), typed(told, hearers=[foreign.pk]))
    assert str(foreign) in str(answer.context["form"].errors["hearers"])


@pytest.mark.parametrize(
    "query",
    [{"call": "nonsense"}, {"country": "XX"}, {"kind": "programme"}],
)
def test_an_address_of_what_is_not_there_answers_404(client, told, query):
    log_in(client, told.cast.coordinators[0])
    assert client.get(address("new_schedule", **query)).status_code == 404


def test_each_sees_what_concerns_them(client, told):
    whole = scheduled(told)
    lebanon = scheduled(told, kind="progress", country="LB", hearers=[told.officer])
    morocco = scheduled(told, country="MA")
    with on_the(date(2028, 2, 5)):
        runs = {run.schedule: run for run in fall_due()}
        seen = {
            told.cast.coordinators[0]: {whole, lebanon, morocco},
            User.objects.get(email="auditor@example.org"): {whole, lebanon, morocco},
            told.officer: {lebanon},
            told.cast.officer("MA"): {morocco},
            told.cast.finance[0]: set(),
            told.manager: set(),
        }
        for somebody, theirs in seen.items():
            log_in(client, somebody)
            page = client.get(address("schedules"))
            assert page.status_code == (200 if theirs else 404)
            if theirs:
                assert {row.schedule for row in page.context["rows"]} == theirs
            for schedule, run in runs.items():
                status = 200 if schedule in theirs else 404
                assert client.get(address("schedule", schedule.pk)).status_code == status
                assert client.get(address("due", run.pk)).status_code == status
                if somebody != told.cast.coordinators[0]:
                    for name in ("pause_schedule", "make_now", "end_schedule"):
                        answer = client.post(address(name, schedule.pk))
                        assert answer.status_code == (403 if schedule in theirs else 404)
                    answer = client.post(address("issue_due", run.pk))
                    assert answer.status_code == (403 if schedule in theirs else 404)


def test_a_conflict_of_interest_shuts_a_coordinator_out(client, told):
    schedule = scheduled(told, by=told.cast.coordinators[1])
    application = told.voucher.award.application
    Recusal.objects.create(application=application, person=told.cast.coordinators[0])
    log_in(client, told.cast.coordinators[0])
    assert client.get(address("schedule", schedule.pk)).status_code == 404
    answer = client.post(address("new_schedule"), typed(told))
    form = answer.context["form"]
    assert "A conflict of interest shuts you out" in " ".join(form.errors["call"])
    assert form["due_day"].value() == "1"
    assert ReportSchedule.objects.count() == 1


def test_what_fell_due_is_looked_at_on_its_page_and_issued(client, told):
    schedule = scheduled(told, kind="progress", country="LB", hearers=[told.officer])
    coordinator = told.cast.coordinators[0]
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        log_in(client, coordinator)
        desk = client.get("/")
        (work,) = [one for one in desk.context["desk"].waits if one.name == "reports-due"]
        assert work.items[0].url == run.get_absolute_url()
        assert "January 2028" in work.items[0].label
        text = client.get(run.get_absolute_url()).content.decode()
        assert told.facts.name in text
        assert "This is a preview" in text
        answer = client.post(address("issue_due", run.pk), follow=True)
        assert "told once every file is made" in answer.content.decode()
        run.refresh_from_db()
        issued = documents_about(run.report).count()
        # Pressed twice, it is issued once.
        assert client.post(address("issue_due", run.pk)).status_code == 303
        assert documents_about(run.report).count() == issued
        grant = told.officer.role_grants.get(role="officer", revoked_at=None)
        revoke_role(grant, by=person(role="administrator"))
        text = client.get(schedule.get_absolute_url()).content.decode()
        assert "May not read it today, and would be told nothing." in text
        files_made(run)
        text = client.get(schedule.get_absolute_url()).content.decode()
        assert "told nothing: was not allowed to read it when it was sent" in text
        page = client.get(run.get_absolute_url()).content.decode()
        document = documents_about(run.report).get(language="en")
        assert reverse("reports:report", args=[document.pk]) in page


def test_a_period_is_passed_over_on_its_page(client, told):
    schedule = scheduled(told)
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        log_in(client, told.cast.coordinators[0])
        assert client.post(address("pass_over", run.pk), {"reason": ""}).status_code == 200
        client.post(address("pass_over", run.pk), {"reason": "The bank is closed."})
        text = client.get(schedule.get_absolute_url()).content.decode()
    assert "The bank is closed." in text
    assert "passed over" in text


def test_making_it_now_twice_is_told_clearly(client, told):
    schedule = scheduled(told, due_day=25, starts_on=date(2028, 2, 1))
    with on_the(date(2028, 2, 3)):
        log_in(client, told.cast.coordinators[0])
        client.post(address("make_now", schedule.pk), follow=True)
        again = client.post(
            address("make_now", schedule.pk), headers={"referer": schedule.get_absolute_url()}
        )
        assert schedule.runs.count() == 1
        assert again.status_code == 303


def test_a_schedule_is_changed_paused_resumed_and_ended_with_its_history(client, told):
    schedule = scheduled(told, kind="progress", country="LB", hearers=[told.officer])
    finance = told.cast.finance[0]
    with on_the(SET_ON + timedelta(days=1)):
        log_in(client, told.cast.coordinators[0])
        form = client.get(address("change_schedule", schedule.pk)).context["form"]
        assert form["due_day"].value() == 5
        changed = {"due_day": 31, "ends_on": "", "sending": "at_once", "hearers": [finance.pk]}
        changed["seen"] = form["seen"].value()
        text = client.post(
            address("change_schedule", schedule.pk), changed, follow=True
        ).content.decode()
        assert "29 February 2028, for January 2028" in text
        assert "In a month without this day, its last one counts." in text
        # Who hears of it no more stands there with the day.
        assert [one.person for one in schedule.hearers.filter(until=None)] == [finance]
        assert f"until {SET_ON.day + 1} January 2028" in text
        for name in ("pause_schedule", "resume_schedule", "end_schedule"):
            text = client.post(address(name, schedule.pk), follow=True).content.decode()
        for said in ("set", "changed", "paused", "resumed", "ended"):
            assert f"Schedule of reports {said}" in text
        assert "Nothing: the schedule is ended." in text


def test_the_list_narrows_and_exports_and_costs_the_same_for_more(client, told):
    scheduled(told)
    coordinator = told.cast.coordinators[0]

    def cost(name, *args):
        log_in(client, coordinator).get(address(name, *args))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(name, *args)).status_code == 200
        return len(asked)

    with on_the(date(2028, 2, 5)):
        schedule = ReportSchedule.objects.get()
        fall_due()
        one, page = cost("schedules"), cost("schedule", schedule.pk)
        scheduled(told, country="LB")
        scheduled(told, country="MA", frequency="quarterly")
        paused = scheduled(told, kind="progress", country="LB", hearers=[told.officer])
        pause_schedule(paused, by=coordinator)
    with on_the(date(2028, 4, 5)):
        fall_due()
        assert cost("schedules") == one
        log_in(client, coordinator)
        hearers = [told.cast.finance[0], *told.cast.coordinators]
        change_schedule(schedule, terms(told, hearers=hearers), by=coordinator)
        # What was told to whom, once somebody was.
        assert cost("schedule", schedule.pk) <= page + 1
        rows = client.get(address("schedules", state="paused")).context["rows"]
        assert [row.schedule for row in rows] == [paused]
        file = client.get(address("schedules", export="csv"))
    lines = b"".join(file.streaming_content).decode() if file.streaming else file.content.decode()
    assert len(lines.strip().splitlines()) == 5
