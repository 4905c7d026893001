"""Who may claim, verify, approve, order, pay and read payments."""

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_finance_officer, is_officer
from vouchers.awards.models import Voucher
from vouchers.awards.permissions import (
    is_officer_for_voucher,
    may_read_voucher,
    may_sign_for_voucher,
)

from .models import Claim, ExchangeRate, Invoice, PaymentOrder

may_enter_rates = is_finance_officer
# Where there is one finance officer only, a coordinator is the second person.
may_confirm_rates = is_finance_officer | is_coordinator
may_read_orders = is_finance_officer | is_coordinator | is_auditor
may_submit_claim = may_sign_for_voucher
# Whom other claims that look alike are shown to, as far as they may read them.
may_compare_claims = is_officer | is_coordinator | is_finance_officer | is_auditor


@rules.predicate
def did_not_enter(user: User, rate: ExchangeRate) -> bool:
    """Whether somebody else entered the rate: two people vouch for what was typed."""
    return rate.entered_by_id != user.pk


may_confirm_rate = may_confirm_rates & did_not_enter


@rules.predicate
def took_no_step(user: User, claim: Claim) -> bool:
    """Whether the person has had no hand in the claim yet (design, rule 3)."""
    return user.pk not in claim.earlier_people


@rules.predicate
def is_officer_for_claim(user: User, claim: Claim) -> bool:
    return is_officer_for_voucher.test(user, claim.voucher)


@rules.predicate
def may_withdraw_claim(user: User, claim: Claim) -> bool:
    """A manager of the cluster, whoever of them sent it; until when is a matter of its state."""
    return may_sign_for_voucher.test(user, claim.voucher)


@rules.predicate
def may_share_invoice(user: User, invoice: Invoice) -> bool:
    """An officer of the country whose claim it stands in."""
    return is_officer_for_voucher.test(user, invoice.claim.voucher)


may_verify_claim = is_officer_for_claim & took_no_step
may_approve_claim = is_coordinator & took_no_step
may_reverse_approval = is_coordinator


@rules.predicate
def may_order_payment(user: User, claim: Claim) -> bool:
    """A finance officer who had no hand in the claim before it was approved."""
    earlier = {claim.submitted_by_id, claim.verified_by_id, claim.approved_by_id}
    return bool(is_finance_officer.test(user)) and user.pk not in earlier


@rules.predicate
def may_record_payment(user: User, order: PaymentOrder) -> bool:
    """Who took no step of the claim, and neither proposed nor authorised the batch."""
    batch = order.batch
    earlier = {*order.claim.earlier_people, *batch.signatories, batch.proposed_by_id}
    return bool(is_finance_officer.test(user)) and user.pk not in earlier


@rules.predicate
def may_return_claim(user: User, claim: Claim) -> bool:
    """Whoever's turn it is may return or reject it: first the officer, then a coordinator."""
    if claim.state == Claim.State.SUBMITTED:
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
