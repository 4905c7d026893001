"""Messages and questions as others ask for them."""

from .questions import (
    people_with_draft,
    published_answers,
    questions_of,
    questions_open_until,
    questions_to_answer,
    questions_visible_to,
    takes_questions,
)
from .threads import (
    has_voucher,
    last_read,
    messages_in,
    threads_to_answer,
    threads_visible_to,
    unread_messages,
    waits_for_answer,
    with_last_message,
    with_voucher,
)

__all__ = [
    "has_voucher",
    "last_read",
    "messages_in",
    "people_with_draft",
    "published_answers",
    "questions_of",
    "questions_open_until",
    "questions_to_answer",
    "questions_visible_to",
    "takes_questions",
    "threads_to_answer",
    "threads_visible_to",
    "unread_messages",
    "waits_for_answer",
    "with_last_message",
    "with_voucher",
]
