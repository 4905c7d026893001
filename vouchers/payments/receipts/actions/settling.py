"""Finance says how something that did not arrive was settled."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Outdated, action, constraints_of, judged, move, require_words
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.receipts.permissions import may_settle_receipt

_ANOTHER = gettext_lazy("Somebody of finance who did not book the payment settles it.")


@action(gettext_lazy("Receipt settled"))
def settle_receipt(receipt: Receipt, *, reason: str, by: User, seen: str | None = None) -> Receipt:
    """Write down, as `reason`, what became of a payment that did not arrive as it was paid.

    Nothing more is taken by the link then. Raises NotAllowed for whoever booked the payment,
    OutOfOrder where nothing is disputed, or the payee answered anew since what was `seen` (its
    mark_of_answers); Refused without a reason.
    """
    receipt = judged(
        receipt,
        may_settle_receipt,
        by=by,
        states=[Receipt.State.DISPUTED],
        otherwise=_ANOTHER,
    )
    if seen is not None and seen != mark_of_answers(receipt):
        raise Outdated(_("The payee has just answered anew: please read what it says now."))
    require_words(reason, _("Say how it was settled."))
    move(receipt, Receipt.State.SETTLED)
    receipt.settled_by, receipt.settled_at = by, timezone.now()
    receipt.settled_how = reason
    with constraints_of(Receipt):
        receipt.save()
    return receipt


def mark_of_answers(receipt: Receipt) -> str:
    """What of a receipt its settlement rests on, as a page carries it: the newest answer of the payee."""
    newest = receipt.answers.order_by("-number").values_list("number", flat=True).first()
    return str(newest or "")
