"""Who sets up banks, and who proposes, authorises, exports and books payments (design, rule 3)."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer
from vouchers.payments.control.queries.batches import kept_from_batch
from vouchers.payments.control.rules.separations import Duty
from vouchers.payments.models import PaymentOrder
from vouchers.payments.permissions import may_read_orders

from .models import BankProfile, PaymentBatch

may_enter_profile = is_finance_officer
may_propose_batch = is_finance_officer
may_read_batches = may_read_orders


@rules.predicate
def may_read_batch(user: User, batch: PaymentBatch) -> bool:
    return may_read_batches.test(user)


@rules.predicate
def may_verify_profile(user: User, profile: BankProfile) -> bool:
    """A second person: another finance officer, or a coordinator."""
    may = is_finance_officer.test(user) or is_coordinator.test(user)
    return bool(may) and user.pk != profile.entered_by_id


@rules.predicate
def may_authorise_batch(user: User, batch: PaymentBatch) -> bool:
    """Two others than who proposed it, as the policies of its claims let them."""
    may = is_finance_officer.test(user) or is_coordinator.test(user)
    return bool(may) and not kept_from_batch(user, Duty.SIGNATORY, batch)


@rules.predicate
def may_export_batch(user: User, batch: PaymentBatch) -> bool:
    return is_finance_officer.test(user)


@rules.predicate
def may_book_batch(user: User, batch: PaymentBatch) -> bool:
    """Who did not authorise, and is free for every claim of it; each payment is judged by itself."""
    may = bool(is_finance_officer.test(user))
    return may and not kept_from_batch(user, Duty.BOOKER, batch)


@rules.predicate
def may_acknowledge_batch(user: User, batch: PaymentBatch) -> bool:
    return is_finance_officer.test(user)


@rules.predicate
def may_cancel_batch(user: User, batch: PaymentBatch) -> bool:
    return bool(is_finance_officer.test(user) or is_coordinator.test(user))


@rules.predicate
def may_return_payment(user: User, order: PaymentOrder) -> bool:
    return is_finance_officer.test(user)
