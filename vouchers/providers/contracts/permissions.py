"""Who may enter and read the contract with a provider."""

from __future__ import annotations

import rules

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.permissions import (
    is_officer_for_voucher,
    may_read_voucher,
    may_sign_for_voucher,
)
from vouchers.calls.models import VoucherUse

from .models import Contract


@rules.predicate
def may_enter_contract(user: User, voucher: Voucher) -> bool:
    """Who contracts enters: the country partner, or a manager of the cluster where the call says so."""
    if is_officer_for_voucher.test(user, voucher):
        return True
    use = voucher.award.application.call.purchase_rules.use
    return use != VoucherUse.IN_KIND and may_sign_for_voucher.test(user, voucher)


@rules.predicate
def may_read_contract(user: User, contract: Contract) -> bool:
    return may_read_voucher.test(user, contract.voucher)
