"""Who asks payees, who reads what they said, and who looks into what did not arrive."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer, sees_some_country
from vouchers.awards.permissions import is_officer_for_voucher

from .models import Receipt, ReceiptLink

# Clusters see where the receipt stands on their voucher; what a payee wrote goes to staff.
may_read_receipts = sees_some_country


@rules.predicate
def may_send_receipt_link(user: User, receipt: Receipt) -> bool:
    """A finance officer, or an officer of the country, who knows the payee."""
    return bool(is_finance_officer.test(user)) or is_officer_for_voucher.test(
        user, receipt.order.claim.voucher
    )


@rules.predicate
def may_end_receipt_link(user: User, link: ReceiptLink) -> bool:
    """Whoever may send one may end it."""
    return may_send_receipt_link.test(user, link.receipt)


@rules.predicate
def did_not_book(user: User, receipt: Receipt) -> bool:
    """Whether somebody else wrote down that the bank paid."""
    return receipt.order.claim.paid_by_id != user.pk


# Where there is one finance officer only, a coordinator is the second person.
may_settle_receipt = (is_finance_officer | is_coordinator) & did_not_book
