"""The pages of what is reported."""

from .issued import annex, docx, report
from .lists import report_list
from .periods import financial, progress
from .programme import issue_programme_report, preview
from .schedules import (
    change_schedule,
    due,
    end_schedule,
    issue_due,
    make_now,
    new_schedule,
    pass_over,
    pause_schedule,
    resume_schedule,
    schedule,
    schedule_list,
    try_again,
)

__all__ = [
    "annex",
    "change_schedule",
    "docx",
    "due",
    "end_schedule",
    "financial",
    "issue_due",
    "issue_programme_report",
    "make_now",
    "new_schedule",
    "pass_over",
    "pause_schedule",
    "preview",
    "progress",
    "report",
    "report_list",
    "resume_schedule",
    "schedule",
    "schedule_list",
    "try_again",
]
