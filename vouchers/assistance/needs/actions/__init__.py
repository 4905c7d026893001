"""Every write about a needs assessment: its meetings, and the record of what was found."""

from .agreeing import agree_to_time, keep_time, move_meeting
from .attaching import add_needs_file, remove_needs_file
from .confirming import confirm_record
from .ending import (
    AttendanceInput,
    cancel_locked,
    cancel_meeting,
    correct_attendance,
    hold_meeting,
    listed_at,
)
from .feeds import renew_feed
from .proposing import propose_meeting, propose_times
from .sharing import problems_of_record, revise_record, send_remarks, share_record
from .writing import (
    DECISIONS,
    NeedInput,
    add_need,
    begin_record,
    correct_record,
    discard_correction,
    remove_need,
    save_record,
)

__all__ = [
    "DECISIONS",
    "AttendanceInput",
    "NeedInput",
    "add_need",
    "add_needs_file",
    "agree_to_time",
    "begin_record",
    "cancel_locked",
    "cancel_meeting",
    "confirm_record",
    "correct_attendance",
    "correct_record",
    "discard_correction",
    "hold_meeting",
    "keep_time",
    "listed_at",
    "move_meeting",
    "problems_of_record",
    "propose_meeting",
    "propose_times",
    "remove_need",
    "remove_needs_file",
    "renew_feed",
    "revise_record",
    "save_record",
    "send_remarks",
    "share_record",
]
