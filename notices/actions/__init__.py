"""Every write about notices: the names that other rooms use."""

from .delivering import (
    Reported,
    confirm_arrival,
    note_event,
    send_once_more,
)
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
    send_failed_again,
    send_late_letters,
)
from .reporting import mark_report_seen, note_mail_event, set_aside_report, take_report
from .steering import (
    RewordedMeanwhile,
    cancel_notice,
    hold_notice,
    release_notice,
    reword_notice,
)

__all__ = [
    "NoticeDraft",
    "Reported",
    "RewordedMeanwhile",
    "cancel_notice",
    "choose_delivery",
    "confirm_arrival",
    "hold_notice",
    "mark_all_seen",
    "mark_report_seen",
    "mark_seen",
    "mark_seen_about",
    "mark_unseen",
    "note_event",
    "note_mail_event",
    "notify",
    "notify_each",
    "notify_many",
    "release_notice",
    "reword_notice",
    "send_again",
    "send_failed_again",
    "send_late_letters",
    "send_once_more",
    "set_aside_report",
    "take_report",
]
