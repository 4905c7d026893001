"""The final report, what was sent of it, its files, and the consent to publish it."""

from .consents import PublicationConsent
from .drafts import DraftedReportPart, ReportPart
from .files import ReportFile
from .reports import FinalReport
from .returns import ReportRemark, ReportReturn
from .versions import ReportedIndicator, ReportPicture, ReportVersion

__all__ = [
    "DraftedReportPart",
    "FinalReport",
    "PublicationConsent",
    "ReportFile",
    "ReportPart",
    "ReportPicture",
    "ReportRemark",
    "ReportReturn",
    "ReportVersion",
    "ReportedIndicator",
]
