"""Every write about the meetings of a needs assessment."""

from .agreeing import agree_to_time, keep_time, move_meeting
from .ending import AttendanceInput, cancel_meeting, hold_meeting
from .feeds import renew_feed
from .proposing import propose_meeting, propose_times

__all__ = [
    "AttendanceInput",
    "agree_to_time",
    "cancel_meeting",
    "hold_meeting",
    "keep_time",
    "move_meeting",
    "propose_meeting",
    "propose_times",
    "renew_feed",
]
