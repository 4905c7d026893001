"""What falls due by the schedules: each period is laid down once, in order, then prepared."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, judged, locked
from conduct.actions.queueing import queue_after_commit
from conduct.queries.days import today
from jobs.actions.trouble import for_each
from reports.models import ReportSchedule, ScheduledReport
from reports.permissions import may_set_schedule
from reports.queries import periods_fallen_due, running_schedules, to_make_now
from reports.rules.schedules import DuePeriod
from reports.tasks import prepare_report

from .periods import require_reportable


@action(gettext_lazy("Report fell due"))
def let_fall_due(schedule: ReportSchedule, *, by: User | None) -> int:
    """Lay down what is due by a schedule and was not; how many. Ends it once its last day is over."""
    schedule = locked(schedule)
    if not schedule.is_running:
        return 0
    made = lay_due(schedule)
    if schedule.ends_on is not None and schedule.ends_on < today():
        schedule.state = ReportSchedule.State.ENDED
        schedule.save(update_fields=["state"])
    return made


def let_all_fall_due() -> int:
    """Lay down everything that is due; how many. One error stops no other."""
    return for_each("report_schedules", running_schedules(), lambda one: let_fall_due(one, by=None))


@action(gettext_lazy("Report made before its day"))
def make_now(schedule: ReportSchedule, *, by: User) -> ScheduledReport:
    """Make the report of the newest period that is over, without waiting for its day.

    Raises NotAllowed, OutOfOrder unless the schedule runs, Refused where that report is made already
    or there is nothing to report of the period.
    """
    schedule = judged(schedule, may_set_schedule, by=by, states=[ReportSchedule.State.RUNNING])
    lay_due(schedule)
    now = today()
    period = to_make_now(schedule)
    if period is None:
        raise Refused(_("The report of this period is made already. Look at it."))
    run = _run(schedule, replace(period, due_on=max(period.due_on, now)))
    require_reportable(run.asked)
    with constraints_of(ScheduledReport):
        run.save(force_insert=True)
    queue_after_commit(prepare_report, run.pk)
    return run


def lay_due(schedule: ReportSchedule) -> int:
    """Lay down what is due by a running schedule, in order; how many. The caller holds its lock."""
    if not schedule.is_running:
        return 0
    runs = [_run(schedule, period) for period in periods_fallen_due(schedule)]
    with constraints_of(ScheduledReport):
        ScheduledReport.objects.bulk_create(runs)
    for run in runs:
        queue_after_commit(prepare_report, run.pk)
    return len(runs)


def _run(schedule: ReportSchedule, period: DuePeriod) -> ScheduledReport:
    return ScheduledReport(
        schedule=schedule,
        first=period.first,
        last=period.last,
        due_on=period.due_on,
        sends_at_once=schedule.sends_at_once,
        set_by=schedule.set_by,
        next_attempt_at=ScheduledReport.first_turn(),
    )
