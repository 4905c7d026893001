"""What a cluster needs: meetings about it with their calendars, and the record in versions."""

from .attendance import Attendance, AttendanceCorrection
from .feeds import CalendarFeed
from .files import NeedsFile
from .grid import Need, NeedRemark
from .meetings import Meeting, MeetingSlot
from .records import NeedsRecord, NeedsSharing

__all__ = [
    "Attendance",
    "AttendanceCorrection",
    "CalendarFeed",
    "Meeting",
    "MeetingSlot",
    "Need",
    "NeedRemark",
    "NeedsFile",
    "NeedsRecord",
    "NeedsSharing",
]
