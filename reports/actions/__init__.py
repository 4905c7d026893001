"""The writes of this room: issuing what is reported."""

from .periods import issue_financial_report, issue_progress_report
from .programme import issue_programme_report

__all__ = ["issue_financial_report", "issue_programme_report", "issue_progress_report"]
