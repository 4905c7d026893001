"""What the clock does: it reminds payees who said nothing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, locked
from conduct.queries.days import day_of, today
from jobs.actions.trouble import for_each
from vouchers.payments.models import PaymentOrder
from vouchers.payments.receipts.models import Receipt, ReceiptMail
from vouchers.payments.receipts.queries import (
    days_after,
    mails_of,
    receipts_to_mail,
    standing_link_of,
)
from vouchers.payments.receipts.rules.days import next_mail

from .asking import link_to


@action(gettext_lazy("Payee reminded of a receipt"))
def remind_of_receipt(receipt: Receipt, *, by: User | None) -> bool:
    """Send the reminder whose day has come, to who had the last link; whether this call did.

    Where somebody has withdrawn that link, or nobody had one, nothing goes.
    """
    receipt = locked(receipt)
    if receipt.state != Receipt.State.ASKED or receipt.order.state != PaymentOrder.State.PAID:
        return False
    zone = receipt.order.claim.voucher.country.zone
    mail = next_mail(
        day_of(receipt.asked_at, zone), today(zone), mails_of(receipt), days_after(receipt)
    )
    last = standing_link_of(receipt)
    if mail is None or last is None or last.withdrawn_at is not None:
        return False
    link_to(
        receipt,
        ReceiptMail(mail),
        name=last.name,
        email=last.email,
        language=last.language,
        by=by,
    )
    return True


def remind_of_receipts() -> int:
    """Send every reminder whose day has come; how many. One error stops no other."""
    return for_each(
        "receipt_reminders", receipts_to_mail(), lambda one: remind_of_receipt(one, by=None)
    )
