"""Deciding on what was sent: accepted by the partner, then by a coordinator, or returned at the line.

The last acceptance closes the voucher, see `vouchers.payments.actions.closing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    Outdated,
    OutOfOrder,
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
)
from documents.wording import number as as_number
from drafts.actions import RemarkInput, record_remarks
from notices.actions import notify_each
from vouchers.assistance.actions.steps import WHY_RETURNED, require_other_person, tell_cluster
from vouchers.assistance.letters import voucher_facts
from vouchers.assistance.reports.models import (
    FinalReport,
    ReportPart,
    ReportRemark,
    ReportReturn,
)
from vouchers.assistance.reports.permissions import may_accept_for_partner, may_accept_for_programme
from vouchers.awards.models import Voucher


def judged_to_decide(report: FinalReport, number: int | None, *, by: User) -> FinalReport:
    """The report under lock, if it waits for this person, and still is the version that they read.

    `number` is that of the version on the page, 0 where it named none; None where no page was read.
    Raises NotAllowed, OutOfOrder; Refused for whoever took an earlier step.
    """
    report = locked(report)
    voucher = report.voucher
    is_second = report.state == FinalReport.State.PARTNER_ACCEPTED
    require(may_accept_for_programme if is_second else may_accept_for_partner, by, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    require_state(report, *FinalReport.SENT)
    standing = report.version
    if number is not None and standing is not None and number != standing.number:
        newest = as_number(standing.number)
        if not number:
            raise Outdated(
                _("Please read the newest version of the report first: it is version %(newest)s.")
                % {"newest": newest}
            )
        raise Outdated(
            _(
                "This is version %(number)s of the report; the newest is version %(newest)s. "
                "Please read that one."
            )
            % {"number": as_number(number), "newest": newest}
        )
    return report


@action(gettext_lazy("Final report accepted for the partner"))
def accept_report_for_partner(
    report: FinalReport, *, by: User, number: int | None = None
) -> FinalReport:
    """Accept what was sent where the call has a coordinator read it too: they are asked next."""
    report = judged_to_decide(report, number, by=by)
    require_state(report, FinalReport.State.SUBMITTED)
    require_other_person(by, report.submitted_by_id)
    with constraints_of(FinalReport):
        move(report, FinalReport.State.PARTNER_ACCEPTED)
        report.partner_accepted_by, report.partner_accepted_at = by, timezone.now()
        report.save()
    voucher = report.voucher
    coordinators = people_holding(Role.COORDINATOR).exclude(pk__in=[by.pk, report.submitted_by_id])
    notify_each(coordinators, "report-to-accept", facts=voucher_facts(voucher), about=voucher)
    return report


@action(gettext_lazy("Final report returned"))
def return_report(
    report: FinalReport,
    *,
    reason: str,
    remarks: Sequence[RemarkInput] = (),
    number: int | None = None,
    by: User,
) -> FinalReport:
    """Return the report to the cluster with remarks at its lines; it is a draft again.

    Raises Refused where neither a reason nor a remark is given, OutOfOrder for a version that is not
    the newest.
    """
    report = judged_to_decide(report, number, by=by)
    version = report.version
    if version is None:
        raise OutOfOrder(_("Nothing of this report was sent yet."))
    reason = record_remarks(
        ReportRemark,
        version,
        remarks,
        parts=ReportPart.values,
        reason=reason,
        otherwise=str(WHY_RETURNED),
        by=by,
    )
    with constraints_of(FinalReport, ReportReturn):
        ReportReturn.objects.create(version=version, reason=reason, returned_by=by)
        move(report, FinalReport.State.DRAFT)
        report.partner_accepted_by = report.partner_accepted_at = None
        report.return_reason = reason
        report.save()
    tell_cluster("report-returned", report.voucher, reason=reason)
    return report
