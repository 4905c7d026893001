"""The partner verifies a claim, a coordinator approves it; either may return or reject it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.queries import writers_for
from conduct.actions import action, constraints_of, judged, move, require, require_words
from vouchers.books.models import LedgerEntry
from vouchers.payments.models import Claim
from vouchers.payments.permissions import may_approve_claim, may_return_claim, may_verify_claim

from .ledger import enter
from .steps import EARLIER_STEP, give_back, take_step, tell


@action(gettext_lazy("Claim verified"))
def verify_claim(claim: Claim, *, by: User) -> Claim:
    """The country partner confirms invoice and delivery; a coordinator is asked to approve."""
    claim = judged(claim, may_verify_claim, by=by, otherwise=EARLIER_STEP)
    take_step(claim, Claim.State.VERIFIED, by=by)
    tell(people_holding(Role.COORDINATOR), "claim-verified", claim)
    return claim


@action(gettext_lazy("Claim returned"))
def return_claim(claim: Claim, *, reason: str, by: User) -> Claim:
    """Give a claim back for the `reason`; its milestones can be claimed anew, by a claim that is filled.

    An officer may before verifying it, a coordinator before approving it. Raises OutOfOrder once
    it is approved: then only reverse_approval gives it back, with its counter-entry.
    """
    claim = judged(claim, states=[Claim.State.SUBMITTED, Claim.State.VERIFIED])
    require(may_return_claim, by, claim)
    return give_back(claim, reason)


@action(gettext_lazy("Claim rejected"))
def reject_claim(claim: Claim, *, reason: str, by: User) -> Claim:
    """Refuse a claim for good, for the `reason`: its invoices are never claimed again.

    Who may return it may reject it. What the voucher holds stays committed: its milestones can be
    claimed with other invoices. Raises OutOfOrder once it is approved.
    """
    claim = judged(claim, states=[Claim.State.SUBMITTED, Claim.State.VERIFIED])
    require(may_return_claim, by, claim)
    require_words(reason, gettext_lazy("Say why you reject it."))
    move(claim, Claim.State.REJECTED)
    claim.reject_reason, claim.rejected_by, claim.rejected_at = reason, by, timezone.now()
    with constraints_of(Claim):
        claim.save()
    cluster = claim.voucher.award.application.cluster
    tell(writers_for(cluster), "claim-rejected", claim, reason=reason)
    return claim


@action(gettext_lazy("Claim approved"))
def approve_claim(claim: Claim, *, by: User) -> Claim:
    """A coordinator approves: the amount is taken from the voucher, finance may order it.

    Raises Refused when the voucher cannot bear the amount, also when two claims are approved at
    the same instant: the second waits for the voucher's row and finds what is left.
    """
    claim = judged(claim, may_approve_claim, by=by, otherwise=EARLIER_STEP)
    take_step(claim, Claim.State.APPROVED, by=by)
    enter(claim, LedgerEntry.Kind.APPROVAL, by=by)
    tell(people_holding(Role.FINANCE), "claim-approved", claim)
    return claim
