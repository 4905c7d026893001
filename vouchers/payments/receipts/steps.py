"""What comes next for a receipt, whose turn it is, and since when."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from conduct.queries.days import day_of, today
from vouchers.applications.steps import YOU, Step
from vouchers.payments.models import PaymentOrder

from .models import Receipt, ReceiptLink
from .permissions import may_send_receipt_link, may_settle_receipt
from .rules.days import is_over

_State = Receipt.State


def receipt_step(receipt: Receipt, link: ReceiptLink | None, user: User) -> Step:
    """The next step as the person sees it; `link` is the newest one, where any was sent."""
    if came_back(receipt):
        return Step(_("The bank gave this payment back: nothing is asked about it any more."))
    if receipt.state == _State.CONFIRMED:
        return Step(_("The payee has confirmed: nothing is left to do."))
    if receipt.state == _State.SETTLED:
        return Step(_("Finance has settled what did not arrive as it was paid."))
    if receipt.state == _State.DISPUTED:
        text = _("Ask the bank what became of it, and write down how it was settled.")
        is_mine = may_settle_receipt.test(user, receipt)
        return Step(text, YOU if is_mine else _("somebody of finance who did not book it"))
    return _asked(receipt, link, user)


def _asked(receipt: Receipt, link: ReceiptLink | None, user: User) -> Step:
    if link is None:
        text = _("The register has no e-mail address of the payee: send the link by hand.")
    elif not link.is_open:
        text = _("The payee has no link that works: send a new one.")
    elif is_late(receipt):
        text = _("The payee was reminded and says nothing: ring them up, or send a new link.")
    else:
        return Step(_("Say whether the money has arrived."), _("the payee"))
    if may_send_receipt_link.test(user, receipt):
        url = reverse("receipts:send", args=[receipt.pk])
        return Step(text, YOU, url, _("Send the link"))
    return Step(text, _("a finance officer"))


def is_late(receipt: Receipt) -> bool:
    """Whether the payee was reminded and says nothing for as long as the call waits."""
    days = receipt.order.claim.voucher.award.application.call.receipt_late_days
    zone = receipt.order.claim.voucher.country.zone
    waited = is_over(day_of(receipt.asked_at, zone), today(zone), days)
    return receipt.state == _State.ASKED and waited and not came_back(receipt)


def came_back(receipt: Receipt) -> bool:
    """Whether the bank gave the payment back, after which nothing is asked about it any more."""
    return receipt.order.state != PaymentOrder.State.PAID


def waits_since(receipt: Receipt) -> datetime | None:
    """Since when it waits for the payee or for finance; None once nothing is to be done."""
    if came_back(receipt):
        return None
    if receipt.state == _State.ASKED:
        return receipt.asked_at
    if receipt.state != _State.DISPUTED:
        return None
    return max((one.answered_at for one in receipt.answers.all()), default=receipt.asked_at)
