"""The pages of what is reported."""

from .issued import annex, docx, report
from .lists import report_list
from .periods import financial, progress
from .programme import issue_programme_report, preview

__all__ = [
    "annex",
    "docx",
    "financial",
    "issue_programme_report",
    "preview",
    "progress",
    "report",
    "report_list",
]
