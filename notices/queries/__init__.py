"""Notices as others ask for them: the names that other rooms use."""

from .bounces import (
    bounces_of,
    has_come_back,
    mail_reports_to_see,
    mail_reports_visible_to,
    returned_mails,
    that_came_back,
    with_delivery,
)
from .inbox import (
    notices_of,
    people_with_due_digests,
    preferences_of,
    unseen_count,
    with_late_letters,
)

__all__ = [
    "bounces_of",
    "has_come_back",
    "mail_reports_to_see",
    "mail_reports_visible_to",
    "notices_of",
    "people_with_due_digests",
    "preferences_of",
    "returned_mails",
    "that_came_back",
    "unseen_count",
    "with_delivery",
    "with_late_letters",
]
