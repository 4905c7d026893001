"""Reads of meetings and of records of needs, scoped to who asks."""

from .meetings import (
    feed_of,
    meetings_in_calendar_of,
    meetings_of,
    meetings_to_answer,
    meetings_to_hold,
    meetings_visible_to,
    open_slots,
    person_of_feed,
    slots_visible_to,
)
from .records import needs_in_force, record_in_force

__all__ = [
    "feed_of",
    "meetings_in_calendar_of",
    "meetings_of",
    "meetings_to_answer",
    "meetings_to_hold",
    "meetings_visible_to",
    "needs_in_force",
    "open_slots",
    "person_of_feed",
    "record_in_force",
    "slots_visible_to",
]
