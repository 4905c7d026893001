"""Who lets a provider work by a link."""

import rules

from accounts.models import User
from vouchers.awards.permissions import is_officer_for_voucher, may_sign_for_voucher

from .models import WorkLink

# A manager of the cluster, or an officer of its country partner.
may_send_work_link = is_officer_for_voucher | may_sign_for_voucher


@rules.predicate
def may_end_work_link(user: User, link: WorkLink) -> bool:
    """Whoever may send one may end it."""
    return may_send_work_link.test(user, link.contract.voucher)
