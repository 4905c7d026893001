"""Meetings on what a cluster needs, and the private calendars in which people see them."""

from .attendance import Attendance
from .feeds import CalendarFeed
from .meetings import Meeting, MeetingSlot

__all__ = ["Attendance", "CalendarFeed", "Meeting", "MeetingSlot"]
