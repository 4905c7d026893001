"""What comes next with a final report, and whose turn it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.reports.permissions import may_decide_report, may_write_report
from vouchers.awards.models import Voucher


def report_step(
    voucher: Voucher,
    report: FinalReport | None,
    user: User,
    *,
    is_paid: bool,
) -> Step:
    """What the report of a voucher asks for of which everything is delivered."""
    if report is None:
        text = _("Write the final report: what your cluster did with the voucher.")
        return _writing(voucher, user, text, _("Write the report"))
    if report.state == FinalReport.State.DRAFT:
        text = _("A draft of the final report is there: finish it and send it.")
        if report.return_reason:
            text = _("The final report was returned: “%(reason)s”. Mend it and send it again.")
            text = text % {"reason": report.return_reason}
        return _writing(voucher, user, text, _("Look at the draft"))
    text = _("Once everything is paid: read the final report, and accept it.")
    is_with_partner = report.state == FinalReport.State.SUBMITTED
    whose = _("the country partner") if is_with_partner else _("a coordinator")
    if is_paid and may_decide_report.test(user, report):
        return Step(text, YOU, report.get_absolute_url(), _("Read the report"))
    return Step(text, whose)


def _writing(voucher: Voucher, user: User, text: str, label: str) -> Step:
    if not may_write_report.test(user, voucher):
        return Step(text, _("the cluster"))
    return Step(text, YOU, reverse("final_reports:report", args=[voucher.pk]), label)
