"""Who may claim, verify, approve, order, pay and read payments."""

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_finance_officer, sees_some_country
from vouchers.awards.models import Voucher
from vouchers.awards.permissions import (
    is_officer_for_voucher,
    may_read_voucher,
    may_sign_for_voucher,
)
from vouchers.calls.models.terms.ways import WayOfUse

from .control.queries.people import kept_from_claim
from .control.rules.separations import Duty
from .models import TO_CONTROL, Claim, ExchangeRate, Invoice, PaymentOrder

may_enter_rates = is_finance_officer
# Where there is one finance officer only, a coordinator is the second person.
may_confirm_rates = is_finance_officer | is_coordinator
may_read_orders = is_finance_officer | is_coordinator | is_auditor


@rules.predicate
def may_submit_claim(user: User, voucher: Voucher) -> bool:
    """Who pays the provider claims: an officer where the partner does, else a manager of the cluster."""
    if voucher.award.application.call.way_of_use == WayOfUse.PARTNER:
        return bool(is_officer_for_voucher.test(user, voucher))
    return bool(may_sign_for_voucher.test(user, voucher))


# Whom other claims that look alike are shown to, as far as they may read them.
may_compare_claims = sees_some_country


@rules.predicate
def did_not_enter(user: User, rate: ExchangeRate) -> bool:
    """Whether somebody else entered the rate: two people vouch for what was typed."""
    return rate.entered_by_id != user.pk


may_confirm_rate = may_confirm_rates & did_not_enter


@rules.predicate
def is_free_to_control(user: User, claim: Claim) -> bool:
    """Whether the policy of separations lets the person control the claim (design, rule 3).

    Nobody controls what they claimed for the partner, whatever the policy says.
    """
    if claim.way == WayOfUse.PARTNER and claim.submitted_by_id == user.pk:
        return False
    return not kept_from_claim(user, Duty.CONTROLLER, claim)


@rules.predicate
def is_free_to_approve(user: User, claim: Claim) -> bool:
    """Whether it lets them approve it: never who controlled it, or approved it already."""
    return not kept_from_claim(user, Duty.APPROVER, claim)


@rules.predicate
def is_free_to_send_back(user: User, claim: Claim) -> bool:
    """As to approve it; who approved it already may think again while more approvals are missing."""
    return set(kept_from_claim(user, Duty.APPROVER, claim)) <= {Duty.APPROVER}


@rules.predicate
def is_officer_for_claim(user: User, claim: Claim) -> bool:
    return is_officer_for_voucher.test(user, claim.voucher)


@rules.predicate
def may_withdraw_claim(user: User, claim: Claim) -> bool:
    """Whoever may claim on the voucher, whoever of them sent it; until when is a matter of its state."""
    return may_submit_claim.test(user, claim.voucher)


@rules.predicate
def may_share_invoice(user: User, invoice: Invoice) -> bool:
    """An officer of the country whose claim it stands in."""
    return is_officer_for_voucher.test(user, invoice.claim.voucher)


may_verify_claim = is_officer_for_claim & is_free_to_control
# What was set aside is decided on by whoever may control; its approval is another's.
may_decide_on_parked = is_officer_for_claim & is_free_to_control
may_approve_claim = is_coordinator & is_free_to_approve
may_send_back = is_coordinator & is_free_to_send_back
may_reverse_approval = is_coordinator


@rules.predicate
def may_order_payment(user: User, claim: Claim) -> bool:
    """A finance officer whom the policy of the claim does not keep from proposing its payment."""
    may = bool(is_finance_officer.test(user))
    return may and not kept_from_claim(user, Duty.PROPOSER, claim)


@rules.predicate
def may_record_payment(user: User, order: PaymentOrder) -> bool:
    """A finance officer who did not authorise the batch, as far as the policy of the claim lets them."""
    batch = order.batch
    also = {Duty.PROPOSER: {batch.proposed_by_id}, Duty.SIGNATORY: batch.signatories}
    may = bool(is_finance_officer.test(user))
    return may and not kept_from_claim(user, Duty.BOOKER, order.claim, also)


@rules.predicate
def may_return_claim(user: User, claim: Claim) -> bool:
    """Whoever's turn it is may return or reject it: first the officer, then a coordinator."""
    if claim.state in TO_CONTROL:
        return is_officer_for_claim.test(user, claim)
    return claim.state == Claim.State.VERIFIED and is_coordinator.test(user)


@rules.predicate
def may_read_claim(user: User, claim: Claim) -> bool:
    return may_read_voucher.test(user, claim.voucher)


@rules.predicate
def may_read_order(user: User, order: PaymentOrder) -> bool:
    return may_read_orders.test(user)


@rules.predicate
def may_read_completion(user: User, voucher: Voucher) -> bool:
    return may_read_voucher.test(user, voucher)
