"""A cluster takes a claim back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, constraints_of, judged, move
from vouchers.applications.queries import officers_told_of
from vouchers.payments.models import Claim
from vouchers.payments.permissions import may_withdraw_claim

from .steps import tell

_ONLY_MANAGERS = gettext_lazy("Only a manager of the cluster can claim.")


@action(gettext_lazy("Claim withdrawn"))
def withdraw_claim(claim: Claim, *, by: User, reason: str = "") -> Claim:
    """Take a claim back before it is verified; its milestones can then be claimed anew.

    Raises OutOfOrder once the country partner has verified it, or it was returned.
    """
    claim = judged(claim, may_withdraw_claim, by=by, otherwise=_ONLY_MANAGERS)
    move(claim, Claim.State.WITHDRAWN)
    claim.withdrawn_by, claim.withdrawn_at = by, timezone.now()
    with constraints_of(Claim):
        claim.save()
    tell(officers_told_of(claim.voucher.award.application), "claim-withdrawn", claim)
    return claim
