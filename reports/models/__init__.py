"""What is kept of reports: what each is of, and the schedules by which they are made."""

from .periods import PeriodReport
from .runs import Hearing, ScheduledReport
from .schedules import Hearer, ReportSchedule

__all__ = ["Hearer", "Hearing", "PeriodReport", "ReportSchedule", "ScheduledReport"]
