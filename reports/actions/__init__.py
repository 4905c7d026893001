"""The writes of this room: issuing what is reported, and what is reported by itself."""

from .due import make_now
from .looking import issue_due_report, pass_report_over, try_report_again
from .periods import issue_financial_report, issue_progress_report
from .programme import issue_programme_report
from .schedules import (
    ScheduleChanged,
    ScheduleTerms,
    change_schedule,
    end_schedule,
    pause_schedule,
    resume_schedule,
    set_schedule,
)

__all__ = [
    "ScheduleChanged",
    "ScheduleTerms",
    "change_schedule",
    "end_schedule",
    "issue_due_report",
    "issue_financial_report",
    "issue_programme_report",
    "issue_progress_report",
    "make_now",
    "pass_report_over",
    "pause_schedule",
    "resume_schedule",
    "set_schedule",
    "try_report_again",
]
