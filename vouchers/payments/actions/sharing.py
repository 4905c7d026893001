"""An officer says why one invoice may be claimed for another milestone as well."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, require_words
from vouchers.payments.models import DONE_WITH, Claim
from vouchers.payments.permissions import may_share_invoice


@action(gettext_lazy("Invoice allowed for another milestone"))
def share_invoice(claim: Claim, *, reason: str, by: User) -> Claim:
    """Allow one more claim of the claim's invoice, for the `reason`, which every later reader sees.

    All claims of the invoice together stay within its total. Raises OutOfOrder where it is allowed
    already or the claim no longer stands, Refused without a reason or where nothing is left.
    """
    claim = judged(claim, may_share_invoice, by=by)
    if claim.state in DONE_WITH:
        raise OutOfOrder(_("This claim no longer stands: its invoice can be claimed anew."))
    if claim.shared_at is not None:
        raise OutOfOrder(_("It is allowed already to claim this invoice once more."))
    require_words(reason, _("Say why the invoice is claimed more than once."))
    if claim.currency_amount >= claim.invoice_total:
        raise Refused(_("The whole invoice is claimed here: nothing of it is left."))
    claim.shared_by, claim.shared_at, claim.shared_reason = by, timezone.now(), reason
    with constraints_of(Claim):
        claim.save(update_fields=["shared_by", "shared_at", "shared_reason"])
    return claim
