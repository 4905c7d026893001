"""What the page of a voucher shows of its final report: what its templates read."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.reports.permissions import (
    may_consent_to_publication,
    may_decide_report,
    may_read_report,
    may_write_report,
)
from vouchers.awards.models import Voucher


def report_panel(
    voucher: Voucher, report: FinalReport | None, user: User, *, is_planned: bool, is_paid: bool
) -> dict[str, Any]:
    """The report as far as the person may read it, and what they may do about it."""
    is_active = voucher.state == Voucher.State.ACTIVE
    if report is not None and not may_read_report.test(user, report):
        report = None
    is_draft = report is None or report.state == FinalReport.State.DRAFT
    return {
        "report": report,
        "may_write_report": is_active
        and is_planned
        and is_draft
        and may_write_report.test(user, voucher),
        "may_decide_report": is_active
        and report is not None
        and may_decide_report.test(user, report),
        "report_waits_for_payment": not is_paid,
        "may_publish_report": report is not None and may_consent_to_publication.test(user, voucher),
    }
