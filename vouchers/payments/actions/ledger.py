"""Entries of the ledger, and the counter-entry that takes an approval back."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, action, constraints_of, judged, require_words
from vouchers.awards.models import Voucher
from vouchers.payments.models import Claim, LedgerEntry
from vouchers.payments.permissions import may_reverse_approval
from vouchers.payments.queries import approval_of

from .steps import WHY_RETURNED, give_back


@action(gettext_lazy("Approval reversed"))
def reverse_approval(claim: Claim, *, reason: str, by: User) -> Claim:
    """Take an approval back, before payment is ordered, by a counter-entry in the ledger.

    The claim is returned to the cluster for the `reason`.
    """
    claim = judged(claim, may_reverse_approval, by=by, states=[Claim.State.APPROVED])
    approval = approval_of(claim)
    if approval is None:
        raise OutOfOrder(_("The approval of this claim is reversed already."))
    require_words(reason, WHY_RETURNED)
    # The counter-entry first: no claim is returned while its approval stands.
    LedgerEntry.objects.create(
        voucher=claim.voucher,
        claim=claim,
        kind=LedgerEntry.Kind.APPROVAL,
        amount=-approval.amount,
        corrects=approval,
        note=reason,
        entered_by=by,
    )
    return give_back(claim, reason)


def enter(claim: Claim, kind: str, *, by: User) -> LedgerEntry:
    """Add the claim's amount to the ledger; the database refuses what the voucher cannot bear."""
    with constraints_of(LedgerEntry, Voucher):
        return LedgerEntry.objects.create(
            voucher=claim.voucher, claim=claim, kind=kind, amount=claim.amount, entered_by=by
        )
