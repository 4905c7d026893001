"""Reports that fell due by a schedule, as work of the coordinators who issue them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.queries.waiting import WaitingWork
from reports.models import ScheduledReport
from reports.queries import runs_in_trouble, runs_to_look_at
from reports.wording import period_in_words


def reports_work() -> Iterator[WaitingWork]:
    """What waits for a look, and what could not be made: of that nobody else is told."""
    schedules = reverse("reports:schedules")
    yield WaitingWork(
        "reports-due",
        _("Look at reports that fell due, and issue them"),
        runs_to_look_at,
        schedules,
        ScheduledReport.get_absolute_url,
        label=_named,
    )
    yield WaitingWork(
        "reports-failed",
        _("Look after scheduled reports that could not be made"),
        runs_in_trouble,
        schedules,
        ScheduledReport.get_absolute_url,
        label=_named,
    )


def _named(run: ScheduledReport) -> str:
    return f"{run.schedule} · {period_in_words(run.first, run.last)}"
