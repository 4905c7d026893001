"""Notices as others ask for them: the names that other rooms use."""

from .inbox import (
    notices_of,
    people_with_due_digests,
    preferences_of,
    unseen_count,
    with_late_letters,
)

__all__ = [
    "notices_of",
    "people_with_due_digests",
    "preferences_of",
    "unseen_count",
    "with_late_letters",
]
