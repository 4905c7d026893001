"""What can be uploaded to the rooms of this app: importing them registers it."""

from .applications import targets
from .assistance.reports import targets as final_reports

__all__ = ["final_reports", "targets"]
