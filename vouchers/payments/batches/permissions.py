"""Who sets up banks, and who proposes, authorises, exports and books payments (design, rule 3)."""

from collections.abc import Iterable

import rules

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer
from vouchers.payments.control.queries.batches import batches_kept_from
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


def batches_open_to(user: User, duty: Duty, batches: Iterable[PaymentBatch]) -> set[int]:
    """The keys of those batches that the person may sign, or book; at most one query.

    Two others than who proposed a batch sign it; who did not sign books it; both as the policies of
    its claims let them. When booking, each payment is judged by itself as well.
    """
    may = is_finance_officer.test(user)
    if duty == Duty.SIGNATORY:
        may = may or is_coordinator.test(user)
    batches = list(batches)
    if not may or not batches:
        return set()
    return {one.pk for one in batches} - batches_kept_from(user, duty, batches)


@rules.predicate
def may_authorise_batch(user: User, batch: PaymentBatch) -> bool:
    return batch.pk in batches_open_to(user, Duty.SIGNATORY, [batch])


@rules.predicate
def may_export_batch(user: User, batch: PaymentBatch) -> bool:
    return is_finance_officer.test(user)


@rules.predicate
def may_book_batch(user: User, batch: PaymentBatch) -> bool:
    return batch.pk in batches_open_to(user, Duty.BOOKER, [batch])


@rules.predicate
def may_acknowledge_batch(user: User, batch: PaymentBatch) -> bool:
    return is_finance_officer.test(user)


@rules.predicate
def may_cancel_batch(user: User, batch: PaymentBatch) -> bool:
    return bool(is_finance_officer.test(user) or is_coordinator.test(user))


@rules.predicate
def may_return_payment(user: User, order: PaymentOrder) -> bool:
    return is_finance_officer.test(user)
