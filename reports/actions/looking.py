"""What a coordinator does with a report that fell due: issues it, passes it over, tries it again."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from jobs.kinds import kind_called
from reports.models import ScheduledReport
from reports.permissions import may_issue_period_report, may_set_schedule

from .preparing import issued_of

_OPEN = (
    ScheduledReport.State.WAITING,
    ScheduledReport.State.ISSUED,
    ScheduledReport.State.FAILED,
)


@action(gettext_lazy("Report that fell due issued"))
def issue_due_report(run: ScheduledReport, *, by: User, seen: int | None = None) -> ScheduledReport:
    """Issue a report that waits for a look; who hears of it is told once its files are made.

    `seen` is the number of the newest entry of the books when its figures were looked at. Raises
    NotAllowed, OutOfOrder unless it waits, or Refused where the books have moved since.
    """
    run = locked(run)
    require(may_set_schedule, by, run.schedule)
    asked = run.asked
    asked.made_by = by
    require(may_issue_period_report, by, asked)
    require_state(run, ScheduledReport.State.WAITING)
    run.report = issued_of(asked, seen)
    move(run, ScheduledReport.State.ISSUED)
    run.save(update_fields=["report", "state"])
    return run


@action(gettext_lazy("Report that fell due passed over"))
def pass_report_over(run: ScheduledReport, *, reason: str, by: User) -> ScheduledReport:
    """Let a period be, with the reason: nobody is told of its report.

    Raises NotAllowed, Refused without a reason, or OutOfOrder once it was sent or passed over.
    """
    run = locked(run)
    require(may_set_schedule, by, run.schedule)
    require_words(reason, _("Say why the report is passed over."))
    require_state(run, *_OPEN)
    move(run, ScheduledReport.State.PASSED)
    run.passed_by, run.passed_because = by, reason
    with constraints_of(ScheduledReport):
        run.save(update_fields=["state", "passed_by", "passed_because"])
    return run


@action(gettext_lazy("Report that fell due tried again"))
def try_report_again(run: ScheduledReport, *, by: User) -> ScheduledReport:
    """Let a worker prepare anew what could not be made. Raises NotAllowed, or OutOfOrder for others."""
    run = locked(run)
    require(may_set_schedule, by, run.schedule)
    require_state(run, ScheduledReport.State.FAILED)
    kind_called("scheduled-reports").again(run)
    return locked(run)
