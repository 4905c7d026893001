"""A schedule, or what fell due by it, as the person may read it; 404 for anything else."""

from __future__ import annotations

from django.http import Http404

from accounts.models import User
from reports.models import ReportSchedule, ScheduledReport
from reports.permissions import may_read_some_schedule
from reports.queries import runs_visible_to, schedules_visible_to


def schedule_or_404(user: User, pk: int) -> ReportSchedule:
    """The schedule with this number, or 404 where there is none that the person may read."""
    if not may_read_some_schedule.test(user):
        raise Http404
    found = schedules_visible_to(user).select_related("call", "country", "set_by")
    schedule = found.filter(pk=pk).first()
    if schedule is None:
        raise Http404
    return schedule


def run_or_404(user: User, pk: int) -> ScheduledReport:
    """What fell due under this number, or 404 where there is none that the person may read."""
    if not may_read_some_schedule.test(user):
        raise Http404
    found = runs_visible_to(user).select_related(
        "schedule__call", "schedule__country", "set_by", "report", "passed_by"
    )
    run = found.filter(pk=pk).first()
    if run is None:
        raise Http404
    return run
