"""Asking a payee whether a payment has arrived: the link goes with its booking, and anew by hand."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged
from links.actions import issue_link, withdraw_link
from vouchers.payments.models import PaymentOrder
from vouchers.payments.queries import payee_of
from vouchers.payments.receipts.models import Receipt, ReceiptLink, ReceiptMail
from vouchers.payments.receipts.permissions import may_end_receipt_link, may_send_receipt_link
from vouchers.payments.receipts.tasks import mail_receipt_link


def ask_for_receipt(order: PaymentOrder, *, by: User) -> Receipt:
    """Ask the payee of a locked payment that is booked, as a part of that action.

    Without an e-mail address of the payee in the register nothing is mailed: whose turn it is says so.
    """
    with constraints_of(Receipt):
        receipt = Receipt.objects.create(order=order)
    payee = payee_of(order.claim)
    if payee.email:
        link_to(
            receipt,
            ReceiptMail.FIRST,
            name=payee.contact,
            email=payee.email,
            language=order.claim.voucher.award.application.language,
            by=by,
        )
    return receipt


@action(gettext_lazy("Link for a receipt sent anew"))
def send_receipt_link(
    receipt: Receipt, *, name: str, email: str, language: str, by: User
) -> ReceiptLink:
    """Mail the payee another link; the one before opens nothing more.

    Raises OutOfOrder once it is settled or the payment came back, Refused (beside its field) without
    a name.
    """
    receipt = judged(receipt, may_send_receipt_link, by=by)
    require_asked(receipt)
    if not name.strip():
        raise Refused(_("Say who at the payee opens it."), field="name")
    return link_to(
        receipt,
        ReceiptMail.ANEW,
        name=name.strip(),
        email=email.strip(),
        language=language,
        by=by,
    )


@action(gettext_lazy("Link for a receipt withdrawn"))
def withdraw_receipt_link(link: ReceiptLink, *, by: User) -> ReceiptLink:
    """End the link at once, in every browser; what was answered by it stays."""
    return withdraw_link(judged(link, may_end_receipt_link, by=by), by=by)


def link_to(
    receipt: Receipt, mail: str, *, name: str, email: str, language: str, by: User | None
) -> ReceiptLink:
    """Issue the link that goes with a mail; part of an action."""
    link = ReceiptLink(receipt=receipt, mail=mail, name=name, email=email, language=language)
    link, _secret = issue_link(link, task=mail_receipt_link, by=by)
    return link


def require_asked(receipt: Receipt) -> None:
    """Raise OutOfOrder where nothing is asked of the payee any more; the receipt is locked."""
    if receipt.state == Receipt.State.SETTLED:
        raise OutOfOrder(_("Finance has settled this: nothing more is asked."))
    if receipt.order.state != PaymentOrder.State.PAID:
        raise OutOfOrder(_("The bank gave this payment back: nothing is asked about it any more."))
