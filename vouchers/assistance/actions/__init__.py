"""Every write about the final report."""

from .reports import problems_of_report, return_report, save_report, submit_report

__all__ = [
    "problems_of_report",
    "return_report",
    "save_report",
    "submit_report",
]
