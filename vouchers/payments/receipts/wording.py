"""What is said of a receipt and its answers, in words of the active language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from documents.wording import amount, day

from .models import Receipt, ReceiptAnswer
from .models.answers import AnswerKind


def sentence_of_answer(answer: ReceiptAnswer) -> str:
    """What a payee answered, as a sentence."""
    if answer.kind == AnswerKind.MISSING:
        return _("Nothing has arrived.")
    if answer.received_on is None:
        raise ValueError("What arrived has its day.")
    facts = {"day": day(answer.received_on)}
    if answer.kind == AnswerKind.RECEIVED:
        return _("The whole amount arrived on %(day)s.") % facts
    if answer.amount is None:
        raise ValueError("Another amount is said.")
    return _("Another amount arrived on %(day)s: %(amount)s.") % {
        **facts,
        "amount": amount(answer.amount, answer.currency),
    }


def newest_answer(receipt: Receipt) -> ReceiptAnswer | None:
    """What the payee answered last; reads `answers.all()`, as lists have it at hand."""
    return max(receipt.answers.all(), key=lambda one: one.number, default=None)


def newest_said(receipt: Receipt) -> str:
    """The same as text, with the payee's words; empty before it answers."""
    newest = newest_answer(receipt)
    if newest is None:
        return ""
    return " ".join(filter(None, [sentence_of_answer(newest), newest.words]))
