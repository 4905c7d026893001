"""The final report, up to its sending.

It is accepted in `vouchers.payments`: whether everything is paid is known there.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    action,
    judged,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.models import FinalReport
from vouchers.assistance.permissions import (
    may_accept_for_partner,
    may_submit_report,
    may_write_report,
)
from vouchers.assistance.plans.queries import milestones_in_force, plan_of
from vouchers.awards.models import Voucher

from .steps import WHY_RETURNED, tell_cluster, tell_officers


@action(gettext_lazy("Final report saved"))
def save_report(voucher: Voucher, *, by: User, **content: Any) -> FinalReport:
    """Write the draft of the final report (the editable fields of FinalReport)."""
    voucher = judged(voucher, may_write_report, by=by, states=[Voucher.State.ACTIVE])
    report = FinalReport.objects.select_for_update().filter(voucher=voucher).first()
    if report is None:
        report = FinalReport(voucher=voucher)
    require_state(report, FinalReport.State.DRAFT)
    for name, value in content.items():
        setattr(report, name, value)
    report.full_clean()
    report.save()
    return report


@action(gettext_lazy("Final report sent"))
def submit_report(report: FinalReport, *, by: User) -> FinalReport:
    """Send the final report to the country partner.

    Raises OutOfOrder while a milestone of the plan is not delivered and accepted.
    """
    report = locked(report)
    voucher = report.voucher
    require(
        may_submit_report,
        by,
        voucher,
        otherwise=_("Only a manager of the cluster can send the final report."),
    )
    require_state(voucher, Voucher.State.ACTIVE)
    for problem in problems_of_report(report):
        raise OutOfOrder(problem)
    move(report, FinalReport.State.SUBMITTED)
    report.submitted_by, report.submitted_at = by, timezone.now()
    report.return_reason = ""
    report.save()
    tell_officers("report-submitted", voucher)
    return report


def problems_of_report(report: FinalReport) -> list[str]:
    """What still keeps a final report from being sent, in sentences."""
    problems = []
    plan = plan_of(report.voucher)
    if plan is None or plan.in_force is None:
        return [_("The plan of this voucher is not approved yet.")]
    accepted = Deliverable.objects.filter(state=Deliverable.State.ACCEPTED)
    open_milestones = milestones_in_force(plan).exclude(pk__in=accepted.values("milestone"))
    problems += [
        _("“%(title)s” is not delivered and accepted yet.") % {"title": milestone.title}
        for milestone in open_milestones
    ]
    if report.satisfaction is None:
        problems.append(_("Say how satisfied you are with the provider."))
    return problems


@action(gettext_lazy("Final report returned"))
def return_report(report: FinalReport, *, reason: str, by: User) -> FinalReport:
    """Return the report to the cluster for the `reason`; it is a draft again."""
    report = locked(report)
    require(may_accept_for_partner, by, report.voucher)
    require_words(reason, WHY_RETURNED)
    move(report, FinalReport.State.DRAFT)
    report.return_reason = reason
    report.save()
    tell_cluster("report-returned", report.voucher, reason=reason)
    return report
