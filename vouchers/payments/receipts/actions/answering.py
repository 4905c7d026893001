"""What a payee says by the link: once, and corrected as a further answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from accounts.queries import people_holding
from conduct.actions import (
    NotAllowed,
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    locked,
    move,
)
from conduct.queries.clock import database_now
from conduct.queries.days import day_of, today
from inputs.rules.currencies import fits
from notices.actions import notify_each
from vouchers.applications.queries import officers_told_of
from vouchers.payments.models import Currency
from vouchers.payments.receipts.models import Receipt, ReceiptAnswer, ReceiptLink
from vouchers.payments.receipts.models.answers import AnswerKind

from .asking import require_asked


@dataclass(frozen=True)
class AnswerTyped:
    """An answer: of which kind, on which day it arrived, another amount in its currency, and words."""

    kind: str
    received_on: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    words: str = ""


@action(gettext_lazy("Receipt answered"))
def answer_receipt(receipt: Receipt, typed: AnswerTyped, *, by: ReceiptLink) -> ReceiptAnswer:
    """Take what a payee says of a payment; finance and the officers are told of what did not arrive.

    The same answer sent twice is one. Raises OutOfOrder for a link that ended, once finance has
    settled it, or where the bank gave the payment back; Refused (beside its field) for a day before
    the payment or to come, and an amount that is none.
    """
    receipt, by = locked(receipt), locked(by)
    if by.receipt_id != receipt.pk:
        raise NotAllowed(_("This link is for another payment."))
    if not by.is_open:
        raise OutOfOrder(_("This link has ended: ask who sent it to you for a new one."))
    require_asked(receipt)
    typed = _judged(receipt, typed)
    newest = receipt.answers.order_by("-number").first()
    if newest is not None and _said(newest) == typed:
        return newest
    with constraints_of(ReceiptAnswer, Receipt):
        answer = ReceiptAnswer.objects.create(
            receipt=receipt,
            number=1 + (newest.number if newest else 0),
            link=by,
            answered_at=database_now(),
            **asdict(typed),
        )
        is_there = answer.kind == AnswerKind.RECEIVED
        target = Receipt.State.CONFIRMED if is_there else Receipt.State.DISPUTED
        if receipt.state != target:
            move(receipt, target)
        receipt.save()
    if receipt.state == Receipt.State.DISPUTED:
        _tell(receipt, answer)
    return answer


def _judged(receipt: Receipt, typed: AnswerTyped) -> AnswerTyped:
    """The answer with what belongs to its kind alone. Raises Refused beside the field."""
    kind, words = AnswerKind(typed.kind), typed.words.strip()
    if kind == AnswerKind.MISSING:
        return AnswerTyped(kind, words=words)
    order = receipt.order
    zone = order.claim.voucher.country.zone
    begun = day_of(order.batch.exported_at, zone) if order.batch.exported_at else order.paid_on
    if typed.received_on is None or begun is None or not begun <= typed.received_on <= today(zone):
        raise Refused(_("The day lies between the payment and today."), field="received_on")
    if kind == AnswerKind.RECEIVED:
        return AnswerTyped(kind, received_on=typed.received_on, words=words)
    amount, currency = typed.amount, typed.currency
    if amount is None or amount <= 0:
        raise Refused(_("Write the amount that arrived, of more than zero."), field="amount")
    if currency not in Currency.values:
        raise Refused(_("Choose the currency of your account."), field="currency")
    if not fits(currency, amount):
        raise Refused(_("This currency has no such small part."), field="amount")
    if (amount, currency) == (order.amount, "EUR"):
        raise Refused(
            _("This is just what was paid: answer that the whole amount has arrived."),
            field="amount",
        )
    return AnswerTyped(kind, typed.received_on, amount, currency, words)


def _said(answer: ReceiptAnswer) -> AnswerTyped:
    return AnswerTyped(
        answer.kind, answer.received_on, answer.amount, answer.currency, answer.words
    )


def _tell(receipt: Receipt, answer: ReceiptAnswer) -> None:
    order = receipt.order
    people = people_holding(Role.FINANCE) | officers_told_of(order.claim.voucher.award.application)
    notify_each(
        people.distinct(),
        "payment-disputed",
        facts={
            "order": order.reference,
            "payee": order.payee,
            "amount": str(order.amount),
            "kind": answer.kind,
            "said": str(answer.amount or ""),
            "currency": answer.currency,
            "words": answer.words,
        },
        about=receipt,
    )
