"""A payment that is booked, and the link by which its payee answers."""

from __future__ import annotations

from django.core import mail

from tests.links.linking import path_in
from tests.making import today_there, voucher_story
from tests.payments.making import paid
from vouchers.payments.receipts.actions import AnswerTyped
from vouchers.payments.receipts.models import Receipt, ReceiptLink
from vouchers.payments.receipts.tasks import mail_receipt_link
from vouchers.providers.models import Provider


def booked(*, email="amal@cedar.example"):
    """The story of a voucher with one payment that is booked, and the receipt that is asked for."""
    told = voucher_story("accepted 0")
    Provider.objects.filter(pk=told.provider.pk).update(email=email)
    order = paid(told, told._milestone(0))
    return told, Receipt.objects.get(order=order)


def mailed(receipt) -> tuple[ReceiptLink, str]:
    """The newest link of a receipt, mailed, and its path."""
    link = ReceiptLink.objects.filter(receipt=receipt).latest("pk")
    mail_receipt_link(link.pk)
    link.refresh_from_db()
    return link, path_in(mail.outbox[-1].body)


def said(kind="received", **more) -> AnswerTyped:
    day = None if kind == "missing" else today_there()
    return AnswerTyped(kind, received_on=day, **more)


def typed(kind="received", **more) -> dict[str, str]:
    """What a browser sends."""
    return {"kind": kind, "received_on": today_there().isoformat(), "words": "", **more}
