"""Who writes, reads and decides final reports, and who says what may be published of them."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator
from clusters.permissions import represents
from vouchers.awards.models import Voucher
from vouchers.awards.permissions import (
    is_officer_for_voucher,
    is_recused_from_award,
    may_read_voucher,
    may_sign_for_voucher,
    may_write_for_voucher,
)

from .models import FinalReport, ReportFile

may_write_report = may_write_for_voucher
may_submit_report = may_sign_for_voucher
may_accept_for_partner = is_officer_for_voucher
may_consent_to_publication = may_sign_for_voucher


@rules.predicate
def may_accept_for_programme(user: User, voucher: Voucher) -> bool:
    """Whether the person coordinates, free of a conflict of interest."""
    return is_coordinator.test(user) and not is_recused_from_award.test(user, voucher.award)


@rules.predicate
def represents_cluster_of(user: User, report: FinalReport) -> bool:
    return represents.test(user, report.voucher.award.application.cluster)


@rules.predicate
def may_read_report(user: User, report: FinalReport) -> bool:
    """The cluster reads its report from the first word, the staff once it was submitted."""
    if represents_cluster_of.test(user, report):
        return True
    return report.submitted_at is not None and may_read_voucher.test(user, report.voucher)


@rules.predicate
def may_read_report_file(user: User, file: ReportFile) -> bool:
    """The cluster sees every file of its report, the staff those of what was sent."""
    if represents_cluster_of.test(user, file.report):
        return True
    sent_at = file.report.submitted_at
    is_sent = sent_at is not None and file.added_at <= sent_at
    return is_sent and may_read_voucher.test(user, file.report.voucher)


@rules.predicate
def may_decide_report(user: User, report: FinalReport) -> bool:
    """Whether it is the person's turn to accept or return what was sent."""
    if report.state == FinalReport.State.SUBMITTED:
        return may_accept_for_partner.test(user, report.voucher)
    if report.state == FinalReport.State.PARTNER_ACCEPTED:
        return may_accept_for_programme.test(user, report.voucher)
    return False
