"""Reads of meetings, scoped to who asks."""

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

__all__ = [
    "feed_of",
    "meetings_in_calendar_of",
    "meetings_of",
    "meetings_to_answer",
    "meetings_to_hold",
    "meetings_visible_to",
    "open_slots",
    "person_of_feed",
    "slots_visible_to",
]
