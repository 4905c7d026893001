"""An officer says why one invoice may be claimed once more."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, require_words
from vouchers.payments.models import DONE_WITH, Invoice
from vouchers.payments.permissions import may_share_invoice


@action(gettext_lazy("Invoice allowed in another claim"))
def share_invoice(invoice: Invoice, *, reason: str, by: User) -> Invoice:
    """Allow another claim of the invoice, for the `reason`, which every later reader sees.

    All claims of the invoice together stay within it. Raises OutOfOrder where it is allowed already
    or its claim no longer stands, Refused without a reason or where nothing is left.
    """
    invoice = judged(invoice, may_share_invoice, by=by)
    if invoice.claim.state in DONE_WITH:
        raise OutOfOrder(_("This claim no longer stands."))
    if invoice.shared_at is not None:
        raise OutOfOrder(_("It is allowed already to claim this invoice once more."))
    require_words(reason, _("Say why the invoice is claimed more than once."))
    if invoice.claimed >= invoice.claimable:
        raise Refused(_("The whole invoice is claimed here: nothing of it is left."))
    invoice.shared_by, invoice.shared_at, invoice.shared_reason = by, timezone.now(), reason
    with constraints_of(Invoice):
        invoice.save(update_fields=["shared_by", "shared_at", "shared_reason"])
    return invoice
