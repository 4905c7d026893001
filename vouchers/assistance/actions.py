"""Every write about technical assistance, up to the acceptance of what was delivered.

The final report is accepted in `vouchers.payments`: whether everything is paid is known there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Country
from clusters.queries import officers_for, writers_for
from documents.actions import issue_in_every_language
from files.inspection import inspect_upload
from notices.actions import notify
from records.acting import OutOfOrder, Refused, action, constraints_of, require
from records.states import locked, move, require_state
from vouchers.awards.models import Voucher

from .letters import NEEDS_RECORD, PLAN_DOCUMENT, needs_facts, plan_facts, voucher_facts
from .models import Deliverable, FinalReport, Milestone, NeedsAssessment, Plan, Provider
from .permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
    may_decide_plan,
    may_hand_in,
    may_record_needs,
    may_register_provider,
    may_submit_plan,
    may_submit_report,
    may_write_plan,
    may_write_report,
)


@dataclass(frozen=True)
class MilestoneInput:
    """One milestone as it is planned: days of expertise, amount in EUR."""

    title: str
    due_on: date
    days: Decimal
    amount: Decimal


@action(gettext_lazy("Needs assessment recorded"))
def record_needs_assessment(voucher: Voucher, *, by: User, **meeting: Any) -> NeedsAssessment:
    """Record a meeting in which the cluster's needs were found.

    `meeting` holds held_on, place, participants (one a line), findings and next_steps.
    """
    require(may_record_needs, by, voucher)
    voucher = _active(voucher)
    if meeting["held_on"] > timezone.localdate():
        raise Refused(_("The meeting lies in the future: record it once it was held."))
    needs = NeedsAssessment(voucher=voucher, recorded_by=by, **meeting)
    needs.full_clean()
    needs.save()
    records = issue_in_every_language(
        NEEDS_RECORD, needs, lambda: needs_facts(needs), by=by, reference=voucher.reference
    )
    language = voucher.award.application.language
    _tell_cluster("needs-recorded", voucher, documents=[records[language]])
    return needs


@action(gettext_lazy("Provider registered"))
def register_provider(
    country: Country, *, name: str, bank_account: str, by: User, email: str = ""
) -> Provider:
    """Enter a consultant with the account to which invoices are paid (IBAN or Moroccan RIB)."""
    require(may_register_provider, by, country.pk)
    provider = Provider(country=country, name=name, email=email, bank_account=bank_account)
    provider.full_clean()
    provider.save()
    return provider


@action(gettext_lazy("Plan saved"))
def save_plan(
    voucher: Voucher,
    *,
    objective: str,
    expected_results: str,
    provider: Provider,
    milestones: Sequence[MilestoneInput],
    by: User,
) -> Plan:
    """Write the draft of the plan, replacing its milestones.

    Raises OutOfOrder before a needs assessment is recorded or once the plan was submitted. The
    sum and the dates are checked when it is submitted, so that half a plan can be kept.
    """
    require(may_write_plan, by, voucher)
    voucher = _active(voucher)
    if not voucher.needs_assessments.exists():
        raise OutOfOrder(_("The plan follows the needs assessment, which is not recorded yet."))
    if provider.country_id != voucher.award.application.country_id:
        raise Refused(_("Choose a provider that your country partner has registered."))
    plan = Plan.objects.select_for_update().filter(voucher=voucher).first()
    if plan is None:
        plan = Plan(voucher=voucher)
    require_state(plan, Plan.State.DRAFT)
    plan.objective, plan.expected_results = objective, expected_results
    plan.provider = provider
    plan.save()
    plan.milestones.all().delete()
    for position, planned in enumerate(milestones, start=1):
        milestone = Milestone(plan=plan, position=position, **vars(planned))
        milestone.full_clean()
        milestone.save()
    return plan


@action(gettext_lazy("Plan sent"))
def submit_plan(plan: Plan, *, by: User) -> Plan:
    """Send the plan to the country partner.

    Raises Refused when it has no milestone, exceeds the voucher (EUR) or leaves its validity.
    """
    require(
        may_submit_plan,
        by,
        plan.voucher,
        otherwise=_("Only a manager of the cluster can send the plan."),
    )
    voucher = _active(plan.voucher)
    plan = locked(plan)
    for problem in problems_of_plan(plan):
        raise Refused(problem)
    move(plan, Plan.State.SUBMITTED)
    plan.submitted_by, plan.submitted_at = by, timezone.now()
    plan.save()
    _tell_officers("plan-submitted", voucher)
    return plan


def problems_of_plan(plan: Plan) -> list[str]:
    """What still keeps a plan from being sent, in sentences."""
    voucher = plan.voucher
    milestones = list(plan.milestones.all())
    problems = []
    if not milestones:
        problems.append(_("The plan has no milestone."))
    if plan.total > voucher.amount:
        problems.append(
            _("The milestones add up to %(total)s EUR; the voucher is worth %(amount)s EUR.")
            % {"total": plan.total, "amount": voucher.amount}
        )
    problems += [
        _("“%(title)s” is due outside the validity of the voucher.") % {"title": milestone.title}
        for milestone in milestones
        if not voucher.valid_from <= milestone.due_on <= voucher.valid_until
    ]
    return problems


@action(gettext_lazy("Plan returned"))
def return_plan(plan: Plan, *, reason: str, by: User) -> Plan:
    """Give the plan back to the cluster for the `reason`, which it reads; it is a draft again."""
    require(may_decide_plan, by, plan.voucher)
    _require_reason(reason)
    plan = locked(plan)
    move(plan, Plan.State.DRAFT)
    plan.save()
    _tell_cluster("plan-returned", plan.voucher, reason=reason)
    return plan


@action(gettext_lazy("Plan approved"))
def approve_plan(plan: Plan, *, by: User) -> Plan:
    """Approve the plan: from here on milestones can be delivered and claimed."""
    require(may_decide_plan, by, plan.voucher)
    voucher = _active(plan.voucher)
    plan = locked(plan)
    _require_other_person(by, plan.submitted_by_id)
    move(plan, Plan.State.APPROVED)
    plan.approved_by, plan.approved_at = by, timezone.now()
    plan.save()
    plans = issue_in_every_language(
        PLAN_DOCUMENT, plan, lambda: plan_facts(plan), by=by, reference=voucher.reference
    )
    language = voucher.award.application.language
    _tell_cluster("plan-approved", voucher, documents=[plans[language]])
    return plan


@action(gettext_lazy("Deliverable handed in"))
def hand_in_deliverable(
    milestone: Milestone, *, summary: str, upload: UploadedFile, by: User
) -> Deliverable:
    """Hand in what the provider delivered for a milestone of the approved plan.

    Raises Refused for a file of another type or size, or where one is handed in already.
    """
    voucher = _active(milestone.plan.voucher)
    require(may_hand_in, by, voucher)
    require_state(milestone.plan, Plan.State.APPROVED)
    inspected = inspect_upload(upload, max_size=voucher.award.application.call.max_file_size)
    with constraints_of(Deliverable):
        return Deliverable.objects.create(
            milestone=milestone,
            summary=summary,
            file=upload,
            name=inspected.name,
            content_type=inspected.content_type,
            size=inspected.size,
            sha256=inspected.sha256,
            submitted_by=by,
        )


@action(gettext_lazy("Deliverable accepted by the cluster"))
def accept_deliverable_for_cluster(deliverable: Deliverable, *, by: User) -> Deliverable:
    """A manager of the cluster accepts; the country partner is asked to."""
    voucher = deliverable.milestone.plan.voucher
    require(
        may_accept_for_cluster,
        by,
        voucher,
        otherwise=_("Only a manager of the cluster can accept what was delivered."),
    )
    deliverable = locked(deliverable)
    move(deliverable, Deliverable.State.CLUSTER_ACCEPTED)
    deliverable.cluster_accepted_by, deliverable.cluster_accepted_at = by, timezone.now()
    deliverable.save()
    _tell_officers("deliverable-to-accept", voucher, milestone=deliverable.milestone.title)
    return deliverable


@action(gettext_lazy("Deliverable accepted by the country partner"))
def accept_deliverable(deliverable: Deliverable, *, by: User) -> Deliverable:
    """The country partner accepts as well: the milestone can be claimed."""
    voucher = deliverable.milestone.plan.voucher
    require(may_accept_for_partner, by, voucher)
    deliverable = locked(deliverable)
    _require_other_person(by, deliverable.cluster_accepted_by_id)
    move(deliverable, Deliverable.State.ACCEPTED)
    deliverable.accepted_by, deliverable.accepted_at = by, timezone.now()
    deliverable.save()
    _tell_cluster("deliverable-accepted", voucher, milestone=deliverable.milestone.title)
    return deliverable


@action(gettext_lazy("Deliverable returned"))
def return_deliverable(deliverable: Deliverable, *, reason: str, by: User) -> Deliverable:
    """Give a deliverable back for the `reason`; another can then be handed in.

    A manager of the cluster may while it is theirs to accept, an officer at any time before.
    """
    voucher = deliverable.milestone.plan.voucher
    deliverable = locked(deliverable)
    theirs = deliverable.state == Deliverable.State.SUBMITTED
    may_return = (
        may_accept_for_cluster | may_accept_for_partner if theirs else may_accept_for_partner
    )
    require(may_return, by, voucher)
    _require_reason(reason)
    move(deliverable, Deliverable.State.RETURNED)
    deliverable.return_reason = reason
    deliverable.save()
    _tell_cluster(
        "deliverable-returned", voucher, milestone=deliverable.milestone.title, reason=reason
    )
    return deliverable


@action(gettext_lazy("Final report saved"))
def save_report(voucher: Voucher, *, by: User, **content: Any) -> FinalReport:
    """Write the draft of the final report (the editable fields of FinalReport)."""
    require(may_write_report, by, voucher)
    voucher = _active(voucher)
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
    voucher = report.voucher
    require(
        may_submit_report,
        by,
        voucher,
        otherwise=_("Only a manager of the cluster can send the final report."),
    )
    voucher = _active(voucher)
    report = locked(report)
    for problem in problems_of_report(report):
        raise OutOfOrder(problem)
    move(report, FinalReport.State.SUBMITTED)
    report.submitted_by, report.submitted_at = by, timezone.now()
    report.save()
    _tell_officers("report-submitted", voucher)
    return report


def problems_of_report(report: FinalReport) -> list[str]:
    """What still keeps a final report from being sent, in sentences."""
    problems = []
    plan = Plan.objects.filter(voucher=report.voucher, state=Plan.State.APPROVED).first()
    if plan is None:
        return [_("The plan of this voucher is not approved yet.")]
    open_milestones = plan.milestones.exclude(deliverables__state=Deliverable.State.ACCEPTED)
    problems += [
        _("“%(title)s” is not delivered and accepted yet.") % {"title": milestone.title}
        for milestone in open_milestones
    ]
    if report.satisfaction is None:
        problems.append(_("Say how satisfied you are with the provider."))
    return problems


@action(gettext_lazy("Final report returned"))
def return_report(report: FinalReport, *, reason: str, by: User) -> FinalReport:
    """Give the report back to the cluster for the `reason`; it is a draft again."""
    require(may_accept_for_partner, by, report.voucher)
    _require_reason(reason)
    report = locked(report)
    move(report, FinalReport.State.DRAFT)
    report.save()
    _tell_cluster("report-returned", report.voucher, reason=reason)
    return report


def _active(voucher: Voucher) -> Voucher:
    """The voucher, locked; OutOfOrder when it is closed or terminated."""
    voucher = locked(voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    return voucher


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why you give it back."))


def _require_other_person(by: User, earlier: int | None) -> None:
    if by.pk == earlier:
        raise Refused(_("A second person must do this: you took the step before."))


def _tell_cluster(kind: str, voucher: Voucher, *, documents: Any = (), **more: str) -> None:
    for person in writers_for(voucher.award.application.cluster):
        notify(
            person,
            kind,
            facts={**voucher_facts(voucher), **more},
            about=voucher,
            documents=documents,
        )


def _tell_officers(kind: str, voucher: Voucher, **more: str) -> None:
    for officer in officers_for(voucher.award.application.country_id):
        notify(
            officer,
            kind,
            facts={**voucher_facts(voucher), **more},
            about=voucher,
        )
