"""What is typed about reports: a period, a schedule, and what lists are narrowed to."""

from .lists import ReportFilters, ScheduleFilters
from .periods import ReportedPeriodForm
from .schedules import ScheduleForm, ScheduleTermsForm

__all__ = [
    "ReportFilters",
    "ReportedPeriodForm",
    "ScheduleFilters",
    "ScheduleForm",
    "ScheduleTermsForm",
]
