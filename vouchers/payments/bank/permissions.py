"""Who reads what the bank says, takes its files in, and confirms what it did (design, rule 3)."""

from __future__ import annotations

import rules

from accounts.models import User
from accounts.permissions import is_finance_officer
from vouchers.payments.batches.permissions import may_read_batches, may_return_payment
from vouchers.payments.models import PaymentOrder
from vouchers.payments.permissions import may_record_payment

from .models import StatementLine

may_read_bank = may_read_batches
# Uploading and taking in says nothing of a payment yet: that is the match's.
may_take_in = is_finance_officer


@rules.predicate
def may_match_line(user: User, line: StatementLine) -> bool:
    """Finance officers; of each payment `may_match` says whether they may."""
    return bool(is_finance_officer.test(user))


@rules.predicate
def may_match(user: User, payment: PaymentOrder) -> bool:
    """Who may say that the bank paid: the floor that the database holds, and the policy above it.

    What is booked by the match follows `may_record_payment`; what was booked by hand before is confirmed
    by nobody who proposed or authorised it.
    """
    if payment.state == PaymentOrder.State.SENT:
        return bool(may_record_payment.test(user, payment))
    batch = payment.batch
    may = bool(is_finance_officer.test(user))
    return may and user.pk not in {batch.proposed_by_id, *batch.signatories}


may_match_return = may_return_payment
