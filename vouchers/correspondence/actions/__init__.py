"""Every write of the correspondence: messages about applications, questions about calls."""

from .questions import ask_question, correct_answer, publish_answer, set_question_aside
from .reminders import remind_of_deadline, remind_of_deadlines
from .threads import mark_thread_read, send_message, send_voucher_message, settle_thread

__all__ = [
    "ask_question",
    "correct_answer",
    "mark_thread_read",
    "publish_answer",
    "remind_of_deadline",
    "remind_of_deadlines",
    "send_message",
    "send_voucher_message",
    "set_question_aside",
    "settle_thread",
]
