"""Who proposes and decides corrections, and who writes down what comes back."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer, sees_some_country
from vouchers.awards.permissions import may_read_voucher

from .models import Correction, Recovery

# The list of all; clusters find those of their voucher on its page.
may_read_corrections = sees_some_country
may_propose_correction = is_coordinator | is_finance_officer
may_enter_recovery = is_finance_officer


@rules.predicate
def did_not_propose(user: User, correction: Correction) -> bool:
    return correction.proposed_by_id != user.pk


@rules.predicate
def did_not_enter(user: User, part: Recovery) -> bool:
    return part.entered_by_id != user.pk


# Where there is one finance officer only, a coordinator is the second person.
may_decide_correction = (is_coordinator | is_finance_officer) & did_not_propose
may_confirm_part = (is_coordinator | is_finance_officer) & did_not_enter


@rules.predicate
def may_read_correction(user: User, correction: Correction) -> bool:
    return may_read_voucher.test(user, correction.claim.voucher)
