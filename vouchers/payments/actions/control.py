"""The partner verifies a claim, a coordinator approves it; either may return or reject it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    OutOfOrder,
    action,
    constraints_of,
    judged,
    move,
    require,
    require_state,
    require_words,
)
from conduct.queries.days import today
from vouchers.awards.actions import require_countersigned
from vouchers.books.models import LedgerEntry
from vouchers.payments.control.letters import certify
from vouchers.payments.control.models import ClaimApproval, Control
from vouchers.payments.control.queries import free_for
from vouchers.payments.control.rules.separations import Duty
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.payments.models import TO_CONTROL, UNDECIDED, Claim
from vouchers.payments.permissions import may_approve_claim, may_return_claim, may_verify_claim
from vouchers.payments.queries import claimants_of, screened_of
from vouchers.payments.rules.final_rates import APPROVAL
from vouchers.screening.actions.screening import require_cleared

from .clearing import clear_against_advances, enter_clearings
from .controlling import CheckAnswer, Words, control_whole, say_what_is_eligible
from .final_rates import say_final_rate
from .ledger import enter
from .steps import EARLIER_STEP, give_back, require_read, take_step, tell


@action(gettext_lazy("Claim verified"))
def verify_claim(
    claim: Claim,
    *,
    by: User,
    found: Mapping[int, LineFound] | None = None,
    answers: Sequence[CheckAnswer] = (),
    sample_reason: str = "",
    reason: str = "",
    seen: str | None = None,
) -> Claim:
    """The country partner controls a claim line by line; coordinators are asked to approve.

    `found` says by the id of a line what is deducted of it or set aside; of any other line all is
    eligible. `answers` are those to the checklist of the call, in its order. Where a control was sent
    back, this one counts instead, and `reason` says what was changed, or why not. A certificate of the
    control is issued. Raises Refused beside the box that it is about, also where nothing is eligible,
    OutOfOrder where the claim is not as it was `seen` (its mark_of).
    """
    claim = judged(claim, may_verify_claim, by=by, otherwise=EARLIER_STEP)
    require_state(claim, *TO_CONTROL)
    require_read(claim, seen)
    anew = claim.state == Claim.State.SENT_BACK
    words = Words(sample_reason, reason if anew else "")
    control = control_whole(claim, found or {}, answers, words, by=by)
    eligible = sum((line.eligible for line in control.lines.all()), Decimal(0))
    if claim.is_advance:
        eligible = claim.amount
    say_what_is_eligible(claim, control, eligible, eligible)
    take_step(claim, Claim.State.VERIFIED, by=by)
    if not claim.is_advance:
        certify(control, by=by)
    approvers = free_for(Duty.APPROVER, claim, people_holding(Role.COORDINATOR))
    if anew:
        tell(approvers, "claim-controlled-anew", claim, reason=control.reason)
    else:
        tell(approvers, "claim-verified", claim)
    return claim


@action(gettext_lazy("Claim returned"))
def return_claim(claim: Claim, *, reason: str, by: User, seen: str | None = None) -> Claim:
    """Give a claim back for the `reason`; its milestones can be claimed anew, by a claim that is filled.

    An officer may before verifying it, a coordinator before approving it. Raises OutOfOrder once
    it is approved: then only reverse_approval gives it back, with its counter-entry; and where it is
    not as it was `seen` (its mark_of).
    """
    claim = judged(claim, states=UNDECIDED)
    require(may_return_claim, by, claim)
    require_read(claim, seen)
    return give_back(claim, reason)


@action(gettext_lazy("Claim rejected"))
def reject_claim(claim: Claim, *, reason: str, by: User, seen: str | None = None) -> Claim:
    """Refuse a claim for good, for the `reason`: its invoices are never claimed again.

    Who may return it may reject it. What the voucher holds stays committed: its milestones can be
    claimed with other invoices. Raises OutOfOrder once it is approved, and where it is not as it was
    `seen` (its mark_of).
    """
    claim = judged(claim, states=UNDECIDED)
    require(may_return_claim, by, claim)
    require_read(claim, seen)
    if claim.continues_id is not None:
        raise OutOfOrder(
            gettext_lazy("A part that was set aside is returned; refuse it on the claim it is of.")
        )
    require_words(reason, gettext_lazy("Say why you reject it."))
    move(claim, Claim.State.REJECTED)
    claim.reject_reason, claim.rejected_by, claim.rejected_at = reason, by, timezone.now()
    with constraints_of(Claim):
        claim.save()
    tell(claimants_of(claim.voucher), "claim-rejected", claim, reason=reason)
    return claim


def _paid_in_advance(claim: Claim) -> None:
    """The cluster had all of the approved claim in advance: no bank has anything to pay."""
    move(claim, Claim.State.PAID)
    claim.paid_at = timezone.now()
    with constraints_of(Claim):
        claim.save()
    tell(claimants_of(claim.voucher), "claim-cleared", claim)


@action(gettext_lazy("Claim approved"))
def approve_claim(claim: Claim, *, by: User, seen: str | int | None = None) -> Claim:
    """A coordinator approves what is eligible, as one of as many people as the call asks for its sum.

    With the last of them its final rate is said where the call names the month of the booking, what
    the cluster has in advance is cleared, and the rest is taken from the voucher: finance may order it.
    Where nothing is left to pay it is paid at once. Until then the other coordinators are asked. Who
    claimed is told what was deducted and set aside. Raises Refused when the voucher cannot bear the
    amount, also when two claims are approved at the same instant: the second waits for the voucher's
    row and finds what is left; while who gets the money is not cleared against the list of sanctions,
    or above the ceiling of the legal entity; OutOfOrder before the agreement is counter-signed, and where
    `seen`, the id of the control that the person read, is not the one in force any more.
    """
    claim = judged(claim, may_approve_claim, by=by, otherwise=EARLIER_STEP)
    for one in screened_of(claim):
        require_cleared(one, days=claim.voucher.award.application.call.screening_days)
    require_state(claim, Claim.State.VERIFIED)
    require_countersigned(claim.voucher)
    require_read(claim, seen)
    control = Control.objects.get(verifies=claim)
    approvals = ClaimApproval.objects.filter(control=control)
    given = approvals.count() + 1
    with constraints_of(ClaimApproval):
        ClaimApproval.objects.create(claim=claim, control=control, number=given, person=by)
    if given < (claim.approvals_needed or 1):
        waiting = free_for(Duty.APPROVER, claim, people_holding(Role.COORDINATOR))
        tell(waiting, "claim-half-approved", claim)
        return claim
    say_final_rate(claim, APPROVAL, today(claim.voucher.country.zone), by=by)
    cleared = [] if claim.is_advance else clear_against_advances(claim)
    take_step(claim, Claim.State.APPROVED, by=by)
    enter_clearings(cleared, by=by)
    if claim.payable:
        enter(claim, LedgerEntry.Kind.APPROVAL, by=by)
        tell(people_holding(Role.FINANCE), "claim-approved", claim)
    else:
        _paid_in_advance(claim)
    if claim.deducted or claim.parked:
        tell(claimants_of(claim.voucher), "claim-cut", claim)
    return claim
