"""Notices, what was changed in them by hand, what delivery reported, and who wants what."""

from .delivery import DeliveryEvent, EventKind, EventSource, SetAsideReport, Unmatched
from .notices import DIGEST_KIND, CalendarPart, Notice
from .preferences import Preference
from .revisions import NoticeRevision

__all__ = [
    "DIGEST_KIND",
    "CalendarPart",
    "DeliveryEvent",
    "EventKind",
    "EventSource",
    "Notice",
    "NoticeRevision",
    "Preference",
    "SetAsideReport",
    "Unmatched",
]
