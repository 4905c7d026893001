"""Notices, what was changed in them by hand, what delivery reported, and who wants what."""

from .delivery import (
    DeliveryEvent,
    EventKind,
    EventSource,
    MailEvent,
    ReportSeen,
    SetAsideReport,
    Unmatched,
)
from .notices import DIGEST_KIND, CalendarPart, Notice
from .preferences import Preference
from .revisions import NoticeRevision

__all__ = [
    "DIGEST_KIND",
    "CalendarPart",
    "DeliveryEvent",
    "EventKind",
    "EventSource",
    "MailEvent",
    "Notice",
    "NoticeRevision",
    "Preference",
    "ReportSeen",
    "SetAsideReport",
    "Unmatched",
]
