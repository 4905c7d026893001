"""What the steps of a claim enter in the ledger, and the entry that takes an approval back."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, action, constraints_of, judged, require_words
from vouchers.awards.models import Voucher
from vouchers.books.actions import post
from vouchers.books.models import LedgerEntry
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.permissions import may_reverse_approval
from vouchers.payments.queries import is_approved_in_the_ledger

from .clearing import undo_clearings
from .steps import WHY_RETURNED, give_back


@action(gettext_lazy("Approval reversed"))
def reverse_approval(claim: Claim, *, reason: str, by: User) -> Claim:
    """Take an approval back, before payment is ordered, by an entry the other way.

    The claim is returned to the cluster for the `reason`.
    """
    claim = judged(claim, may_reverse_approval, by=by, states=[Claim.State.APPROVED])
    if not is_approved_in_the_ledger(claim):
        raise OutOfOrder(_("The approval of this claim is reversed already."))
    if claim.payment_orders.filter(state__in=PaymentOrder.STANDING).exists():
        raise OutOfOrder(
            _("This claim is in a payment batch: cancel that first, then reverse the approval.")
        )
    require_words(reason, WHY_RETURNED)
    # The entry first: no claim is returned while its approval stands.
    enter(claim, LedgerEntry.Kind.REVERSAL, by=by, note=reason)
    undo_clearings(claim, by=by)
    return give_back(claim, reason)


def enter(
    claim: Claim, kind: str, *, by: User, note: str = "", day: date | None = None, part: int = 1
) -> LedgerEntry:
    """Enter a step of what is paid of the claim; the database refuses what the voucher cannot bear.

    `part` is how often the step was taken: what the bank gave back is ordered again.
    """
    with constraints_of(Voucher):
        return post(
            kind,
            claim,
            application=claim.voucher.award.application,
            amount=claim.payable,
            by=by,
            note=note,
            day=day,
            part=part,
        )
