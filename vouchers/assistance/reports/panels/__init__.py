"""What pages show of final reports: on the page of a voucher, as a whole, and to everybody."""

from .indicators import ShownIndicator, shown_indicators
from .public import PublicReport, public_reports
from .reading import ReadSection, read_sections
from .voucher import report_panel

__all__ = [
    "PublicReport",
    "ReadSection",
    "ShownIndicator",
    "public_reports",
    "read_sections",
    "report_panel",
    "shown_indicators",
]
