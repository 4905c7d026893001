"""The pages of schedules, and of what falls due by them."""

from .due import due, issue_due, pass_over, try_again
from .lists import schedule_list
from .setting import change_schedule, new_schedule
from .steering import end_schedule, make_now, pause_schedule, resume_schedule, schedule

__all__ = [
    "change_schedule",
    "due",
    "end_schedule",
    "issue_due",
    "make_now",
    "new_schedule",
    "pass_over",
    "pause_schedule",
    "resume_schedule",
    "schedule",
    "schedule_list",
    "try_again",
]
