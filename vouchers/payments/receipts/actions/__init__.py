"""Every write about receipts."""

from .answering import AnswerTyped, answer_receipt
from .asking import ask_for_receipt, send_receipt_link, withdraw_receipt_link
from .reminding import remind_of_receipt, remind_of_receipts
from .settling import mark_of_answers, settle_receipt

__all__ = [
    "AnswerTyped",
    "answer_receipt",
    "ask_for_receipt",
    "mark_of_answers",
    "remind_of_receipt",
    "remind_of_receipts",
    "send_receipt_link",
    "settle_receipt",
    "withdraw_receipt_link",
]
