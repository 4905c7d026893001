"""The e-mails of this room to people without an account: payees, of money that left or came back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from accounts.models import Role, User
from accounts.queries import people_holding
from notices.mails import MailsOfRow, register_mail
from vouchers.applications.queries import officers_told_of
from vouchers.payments.batches.models import PayeeMail
from vouchers.payments.models import PaymentOrder
from vouchers.payments.receipts.models import ReceiptLink

_ORDER = "claim__voucher__award__application"


def _keepers(order: PaymentOrder) -> Iterable[User]:
    """Finance, which asks payees, and the officers who keep the register."""
    application = order.claim.voucher.award.application
    return chain(people_holding(Role.FINANCE), officers_told_of(application))


register_mail(
    MailsOfRow(
        "receiptlink",
        lambda: ReceiptLink.objects.select_related(f"receipt__order__{_ORDER}"),
        hearers=lambda link: _keepers(link.receipt.order),
        about=lambda link: link.receipt.order.reference,
        page=lambda link: link.receipt.get_absolute_url(),
    )
)
register_mail(
    MailsOfRow(
        "payee-mail",
        lambda: PayeeMail.objects.select_related(f"payment__{_ORDER}"),
        sent_at="sent_at",
        hearers=lambda mail: _keepers(mail.payment),
        about=lambda mail: mail.payment.reference,
        page=lambda mail: mail.payment.claim.get_absolute_url(),
    )
)
