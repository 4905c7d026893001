"""Every write about notices: the names that other rooms use."""

from .notices import (
    NoticeDraft,
    choose_delivery,
    mark_all_seen,
    mark_seen,
    mark_seen_about,
    mark_unseen,
    notify,
    notify_each,
    notify_many,
    send_again,
    send_late_letters,
)

__all__ = [
    "NoticeDraft",
    "choose_delivery",
    "mark_all_seen",
    "mark_seen",
    "mark_seen_about",
    "mark_unseen",
    "notify",
    "notify_each",
    "notify_many",
    "send_again",
    "send_late_letters",
]
