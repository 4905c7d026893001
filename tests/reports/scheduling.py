"""Schedules of reports for tests, of the story of a voucher, on days that are named."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from clusters.models import Country
from demonstration.clock import on
from documents.actions.making import render_document
from documents.models import Document
from documents.queries import documents_about
from reports.actions import ScheduleTerms, set_schedule
from reports.actions.due import let_all_fall_due
from reports.actions.preparing import REPORTS
from reports.actions.telling import tell_of_reports
from reports.models import ReportSchedule, ScheduledReport
from tests.reports.making import call_of

BRUSSELS = ZoneInfo("Europe/Brussels")
# Long after any story of a voucher: its books begin before.
SET_ON = date(2028, 1, 20)


@contextmanager
def on_the(day: date, clock: time = time(12)):
    """Let the test believe that it is this day, on the clock of Brussels."""
    with on(datetime.combine(day, clock, BRUSSELS)):
        yield


def terms(told, **changes) -> ScheduleTerms:
    given = {
        "due_day": 5,
        "ends_on": None,
        "sends_at_once": False,
        "hearers": [told.cast.finance[0]],
        **changes,
    }
    return ScheduleTerms(**given)


def scheduled(
    told,
    *,
    kind="financial",
    country=None,
    frequency="monthly",
    starts_on=SET_ON,
    by=None,
    call=None,
    **changes,
) -> ReportSchedule:
    """A schedule, set by the first coordinator on 20 January 2028."""
    with on_the(SET_ON):
        return set_schedule(
            call or call_of(told),
            kind=kind,
            country=Country.objects.get(pk=country) if country else None,
            frequency=frequency,
            starts_on=starts_on,
            terms=terms(told, **changes),
            by=by or told.cast.coordinators[0],
        )


def fall_due() -> list[ScheduledReport]:
    """What the clock and the workers do now: what fell due, by its period."""
    let_all_fall_due()
    for run in ScheduledReport.objects.filter(state="pending").order_by("first"):
        REPORTS.conduct(run.pk)
    return list(ScheduledReport.objects.order_by("first"))


def files_made(run) -> None:
    """The files of a report are made, and who hears of it is told."""
    run.refresh_from_db()
    for document in documents_about(run.report).filter(state=Document.State.PENDING):
        render_document(document.pk)
    tell_of_reports()
    run.refresh_from_db()
