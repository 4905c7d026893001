"""What is typed about reports: a period, a schedule, and what lists are narrowed to."""

from .lists import ReportFilters, ScheduleFilters
from .periods import ReportedPeriodForm
from .schedules import ScheduleChangeForm, ScheduleForm

__all__ = [
    "ReportFilters",
    "ReportedPeriodForm",
    "ScheduleChangeForm",
    "ScheduleFilters",
    "ScheduleForm",
]
