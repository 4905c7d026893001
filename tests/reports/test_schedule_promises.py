"""What a schedule promises holds: no period is lost, made twice, or sent unseen with old words."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from accounts.actions import revoke_role
from conduct.actions import Refused
from documents.actions import withdraw_document
from documents.queries import documents_about
from notices.models import Notice
from notices.tasks import send_notice
from reports.actions import (
    change_schedule,
    end_schedule,
    issue_due_report,
    make_now,
    pause_schedule,
    resume_schedule,
)
from reports.actions.due import let_all_fall_due
from reports.actions.preparing import REPORTS
from reports.models import PeriodReport, ScheduledReport
from reports.queries import (
    hearers_of,
    next_periods,
    people_who_may_hear,
    runs_in_trouble,
    with_dates,
)
from tests.making import voucher_story
from tests.people import log_in, person
from tests.reports.making import call_of
from tests.reports.scheduling import fall_due, on_the, scheduled, terms
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("paid 0")


def coordinator(told):
    return told.cast.coordinators[0]


def write(told, passages, *, call, kind="financial-report", seen=0):
    place = TextPlace(kinds_of(Family.LETTER)[kind], "fr", call)
    save_wording(place, passages, seen=seen, by=coordinator(told))


def test_with_paragraphs_of_its_own_a_call_is_looked_at_before_anything_is_sent(
    client, told, mailoutbox
):
    scheduled(told, sends_at_once=True)
    of_call = call_of(told)
    # What is said for all calls, or in another report, is of no period of this one.
    write(told, {"opening": "Hello."}, call=None)
    write(told, {"opening": "Hello."}, call=of_call, kind="progress-report")
    with on_the(date(2028, 2, 5)):
        assert [run.state for run in fall_due()] == ["issued"]
    write(told, {"achievements": "En janvier, deux ateliers."}, call=of_call)
    with on_the(date(2028, 3, 5)):
        run = fall_due()[-1]
        assert (run.state, run.held_because) == ("waiting", "paragraphs")
        assert PeriodReport.objects.count() == 1
        notice = Notice.objects.get(kind="scheduled-report-waits")
        send_notice(str(notice.pk))
        page = log_in(client, coordinator(told)).get(run.get_absolute_url()).content.decode()
    for text in (mailoutbox[-1].body, page):
        assert "paragraphs of its own are written for this call" in " ".join(text.split())
    # Taken back, they hold nothing up.
    write(told, {}, call=of_call, seen=1)
    with on_the(date(2028, 4, 5)):
        assert fall_due()[-1].state == "issued"


def test_an_earlier_day_loses_no_period_that_was_promised(told):
    schedule = scheduled(told, due_day=20, starts_on=date(2028, 2, 8))
    with on_the(date(2028, 2, 8)):
        assert next_periods(schedule, 1)[0].due_on == date(2028, 2, 20)
    with on_the(date(2028, 2, 10)):
        change_schedule(schedule, terms(told, due_day=5), by=coordinator(told))
        (run,) = fall_due()
        assert (run.first, run.due_on) == (date(2028, 1, 1), date(2028, 2, 10))


def test_nothing_falls_due_before_the_day_on_which_the_schedule_starts(told):
    schedule = scheduled(told, due_day=20, starts_on=date(2028, 2, 15))
    with on_the(date(2028, 2, 9)):
        change_schedule(schedule, terms(told, due_day=10), by=coordinator(told))
    with on_the(date(2028, 2, 14)):
        assert fall_due() == []
    with on_the(date(2028, 2, 15)):
        assert [run.due_on for run in fall_due()] == [date(2028, 2, 15)]


def test_a_later_day_makes_no_period_that_was_left_out(told):
    schedule = scheduled(told, due_day=5)
    with on_the(date(2028, 2, 3)):
        pause_schedule(schedule, by=coordinator(told))
    with on_the(date(2028, 2, 10)):
        schedule = resume_schedule(schedule, by=coordinator(told))
    with on_the(date(2028, 2, 12)):
        schedule = change_schedule(schedule, terms(told, due_day=20), by=coordinator(told))
        assert next_periods(schedule, 1)[0].first == date(2028, 2, 1)
    with on_the(date(2028, 3, 20)):
        assert [run.first.month for run in fall_due()] == [2]


def test_set_again_after_its_end_a_schedule_makes_no_period_twice(told):
    of = {"kind": "progress", "country": "LB", "hearers": [told.officer], "due_day": 5}
    schedule = scheduled(told, **of)
    country = scheduled(told, country="LB", due_day=5)
    with on_the(date(2028, 2, 5)):
        assert len(fall_due()) == 2
        end_schedule(schedule, by=coordinator(told))
        end_schedule(country, by=coordinator(told))
        again = scheduled(told, **{**of, "due_day": 19})
        whole = scheduled(told, due_day=19)
        with pytest.raises(Refused, match="made already"):
            make_now(again, by=coordinator(told))
        assert next_periods(again, 1)[0].first == date(2028, 2, 1)
        # What was made of a country, or of progress, was not made of all the money.
        assert next_periods(whole, 1)[0].first == date(2028, 1, 1)
        for one in (again, whole):
            (listed,) = with_dates(type(one).objects.filter(pk=one.pk))
            assert next_periods(listed) == next_periods(one)
    with on_the(date(2028, 2, 19)):
        fall_due()
        assert (again.runs.count(), whole.runs.count()) == (0, 1)


def test_what_is_due_is_made_as_it_was_set(told):
    schedule = scheduled(told)
    other = person(role="coordinator")
    with on_the(date(2028, 2, 5)):
        let_all_fall_due()
        change_schedule(schedule, terms(told, sends_at_once=True), by=other)
        run = ScheduledReport.objects.get()
        REPORTS.conduct(run.pk)
        run.refresh_from_db()
        assert (run.state, run.set_by) == ("waiting", coordinator(told))
        assert run.held_because == ""
        assert Notice.objects.get(kind="scheduled-report-waits").recipient == coordinator(told)
    with on_the(date(2028, 3, 5)):
        run = fall_due()[-1]
        assert (run.state, run.report.made_by) == ("issued", other)


def test_where_nobody_issues_it_any_more_every_coordinator_is_told(told):
    scheduled(told, sends_at_once=True)
    other = person(role="coordinator")
    grant = coordinator(told).role_grants.get(role="coordinator", revoked_at=None)
    revoke_role(grant, by=person(role="administrator"))
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        assert run.held_because == "issuer"
        heard = {one.recipient for one in Notice.objects.filter(kind="scheduled-report-waits")}
        assert other in heard
        assert coordinator(told) not in heard
        issue_due_report(run, by=other)


def test_before_it_is_issued_nobody_else_reads_a_figure(client, told):
    scheduled(told, kind="progress", country="LB", hearers=[told.officer])
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        auditor = person(role="auditor")
        for reader in (told.officer, auditor):
            page = log_in(client, reader).get(run.get_absolute_url())
            assert "facts" not in page.context
            assert told.facts.name not in page.content.decode()
            assert "read here once a coordinator has issued it" in page.content.decode()
        page = log_in(client, coordinator(told)).get(run.get_absolute_url())
        assert told.facts.name in page.content.decode()


def test_what_is_issued_is_what_was_looked_at(client, told):
    scheduled(told)
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        page = log_in(client, coordinator(told)).get(run.get_absolute_url())
        looked_at = page.context["facts"]["ledger"]["entries"]
        assert f'name="seen" value="{looked_at}"' in page.content.decode()
        with pytest.raises(Refused, match="look at it again"):
            issue_due_report(run, by=coordinator(told), seen=looked_at - 1)
        by_hand = {
            "call": call_of(told).slug,
            "country": "",
            "first": "2028-01-01",
            "last": "2028-01-31",
        }
        shown = client.get(reverse("reports:financial"), by_hand).content.decode()
        assert f'name="seen" value="{looked_at}"' in shown
        moved = client.post(reverse("reports:financial"), {**by_hand, "seen": looked_at - 1})
        assert "look at it again" in moved.content.decode()
        assert not PeriodReport.objects.exists()
        issue_due_report(run, by=coordinator(told), seen=looked_at)


def test_what_somebody_else_changed_meanwhile_is_not_undone_unseen(client, told):
    schedule = scheduled(told)
    other = person(role="coordinator")
    with on_the(date(2028, 1, 21)):
        address = reverse("reports:change_schedule", args=[schedule.pk])
        log_in(client, coordinator(told)).get(address)
        change_schedule(schedule, terms(told, due_day=9), by=other)
        typed = {
            "due_day": 12,
            "ends_on": "",
            "sending": "look",
            "hearers": [told.cast.finance[0].pk],
            "seen": 1,
        }
        refused = client.post(address, typed)
        assert str(other) in str(refused.context["form"].errors)
        assert refused.context["form"]["due_day"].value() == "12"
        schedule.refresh_from_db()
        assert schedule.due_day == 9
        # Told of it, the person may send it again.
        again = refused.context["form"]["seen"].value()
        client.post(address, {**typed, "seen": again})
        schedule.refresh_from_db()
        assert (schedule.due_day, schedule.version) == (12, 3)


def test_who_hears_and_may_read_nothing_today_stays_on_the_list(client, told):
    hearers = [told.officer, told.cast.finance[0]]
    schedule = scheduled(told, kind="progress", country="LB", hearers=hearers)
    grant = told.officer.role_grants.get(role="officer", revoked_at=None)
    revoke_role(grant, by=person(role="administrator"))
    with on_the(date(2028, 1, 21)):
        address = reverse("reports:change_schedule", args=[schedule.pk])
        form = log_in(client, coordinator(told)).get(address).context["form"]
        assert told.officer in form.fields["hearers"].queryset
        typed = {
            **{name: form[name].value() or "" for name in ("ends_on", "sending", "seen")},
            "due_day": 9,
            "hearers": form["hearers"].value(),
        }
        client.post(address, typed)
    schedule.refresh_from_db()
    assert schedule.due_day == 9
    assert set(hearers_of(schedule)) == set(hearers)
    stranger = scheduled(told)
    assert told.officer not in people_who_may_hear(stranger)


def test_a_report_whose_files_were_withdrawn_is_somebodys_work(client, told):
    scheduled(told, sends_at_once=True)
    with on_the(date(2028, 2, 5)):
        (run,) = fall_due()
        assert not runs_in_trouble(coordinator(told))
        for document in documents_about(run.report):
            withdraw_document(document, by=coordinator(told), reason="A mistake.")
        assert list(runs_in_trouble(coordinator(told))) == [run]
        page = log_in(client, coordinator(told)).get(run.get_absolute_url()).content.decode()
        assert "Its files were withdrawn" in page


def test_an_empty_ledger_is_named_as_the_reason(client, told, monkeypatch):
    schedule = scheduled(told, ends_on=date(2028, 12, 31))
    monkeypatch.setattr("reports.queries.schedules.first_day_of", lambda _call: None)
    with on_the(date(2028, 1, 21)):
        page = log_in(client, coordinator(told)).get(schedule.get_absolute_url())
    assert "Nothing is entered in the ledger of this call yet" in page.content.decode()
