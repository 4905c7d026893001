"""Who may write, approve and read what happens with a voucher."""

import rules

from accounts.models import User
from clusters.permissions import represents
from vouchers.awards.permissions import (
    is_officer_for_voucher,
    may_read_voucher,
    may_sign_for_voucher,
    may_write_for_voucher,
)

from .models import FinalReport

may_accept_for_partner = is_officer_for_voucher
may_write_report = may_write_for_voucher
may_submit_report = may_sign_for_voucher
may_accept_report = is_officer_for_voucher


@rules.predicate
def may_read_report(user: User, report: FinalReport) -> bool:
    """The cluster reads its report from the first word, the staff once it was submitted."""
    cluster = report.voucher.award.application.cluster
    if represents.test(user, cluster):
        return True
    return report.submitted_at is not None and may_read_voucher.test(user, report.voucher)
