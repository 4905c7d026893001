"""What a worker does with a report that fell due: it waits for a look, or is issued at once."""

from __future__ import annotations

from typing import Any, cast

from django.utils import timezone

from conduct.actions import NoSpace, Refused, move
from jobs.actions.conducting import Hopeless, ShortConductor
from reports.letters import PERIOD_LETTERS
from reports.models import PeriodReport, ScheduledReport
from reports.permissions import may_issue_period_report
from reports.queries import newest_entry
from texts.queries import letter_has_own_words

from .periods import issue_financial_report, issue_progress_report, require_reportable
from .telling import tell_who_looks


class PreparingReports(ShortConductor[ScheduledReport]):
    """Prepares what fell due, of one schedule in the order of its periods."""

    model = ScheduledReport
    action = "prepare_report"
    along = ("schedule__call", "schedule__country", "set_by")
    sweep_order = ("due_on", "pk")

    def may_begin(self, job: ScheduledReport) -> bool:
        """Whether nothing earlier of the schedule waits for a worker."""
        earlier = ScheduledReport.objects.filter(
            ScheduledReport.WAITING, schedule=job.schedule_id, first__lt=job.first
        )
        return not earlier.exists()

    def do(self, job: ScheduledReport) -> bool:
        _require_something_to_report(job.asked)
        job.prepared_at = timezone.now()
        job.entries = newest_entry(job.schedule.call_id)
        job.last_error, job.no_space_since = "", None
        job.held_because = _held(job) if job.sends_at_once else ""
        if job.sends_at_once and not job.held_because:
            job.report = issued_of(job.asked)
            move(job, ScheduledReport.State.ISSUED)
        else:
            move(job, ScheduledReport.State.WAITING)
            tell_who_looks(job)
        job.save()
        return True


REPORTS = PreparingReports()


def issued_of(asked: PeriodReport, seen: int | None = None) -> PeriodReport:
    """Issue a report in the name of who is to have made it; what was issued.

    `seen` as for `issue_financial_report`.
    """
    call, first, last, by = asked.call, asked.first, asked.last, asked.made_by
    if asked.kind == PeriodReport.Kind.FINANCIAL:
        documents = issue_financial_report(
            call, country=asked.country, first=first, last=last, by=by, seen=seen
        )
    elif asked.country is not None:
        documents = issue_progress_report(
            call, country=asked.country, first=first, last=last, by=by, seen=seen
        )
    else:
        raise ValueError("Progress is reported of a country.")
    about: Any = next(iter(documents.values())).about
    return cast("PeriodReport", about)


def _held(job: ScheduledReport) -> str:
    """Why a report that is to be sent at once waits for a look all the same; empty where it does not.

    Paragraphs are those of the call, not of a period: whether they fit this one a person must see.
    """
    setter = job.set_by
    if not (setter.is_active and may_issue_period_report.test(setter, job.asked)):
        return ScheduledReport.Held.ISSUER
    if letter_has_own_words(PERIOD_LETTERS[job.schedule.kind].document.slug, job.schedule.call):
        return ScheduledReport.Held.PARAGRAPHS
    return ""


def _require_something_to_report(asked: PeriodReport) -> None:
    """Raise Hopeless where the records can say nothing of the period, however often it is tried."""
    try:
        require_reportable(asked)
    except NoSpace:
        raise
    except Refused as refusal:
        raise Hopeless from refusal
