"""Every write about notices: the names that other rooms use."""

from .notices import (
    choose_delivery,
    mark_all_seen,
    mark_seen,
    mark_seen_about,
    mark_unseen,
    notify,
    notify_each,
    send_again,
    send_late_letters,
)

__all__ = [
    "choose_delivery",
    "mark_all_seen",
    "mark_seen",
    "mark_seen_about",
    "mark_unseen",
    "notify",
    "notify_each",
    "send_again",
    "send_late_letters",
]
