"""Deciding on a version: approved by the partner, then by a coordinator, or returned at the line."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    OutOfOrder,
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
)
from documents.actions import issue_in_every_language
from drafts.actions import RemarkInput, record_remarks
from notices.actions import notify_each
from vouchers.assistance.actions.steps import (
    WHY_RETURNED,
    require_other_person,
    tell_cluster,
    tell_officers,
)
from vouchers.assistance.letters import voucher_facts
from vouchers.assistance.plans.letters import PLAN_DOCUMENT, plan_facts
from vouchers.assistance.plans.models import Milestone, Part, PlanRemark, PlanVersion
from vouchers.assistance.plans.permissions import may_approve_for_partner, may_approve_for_programme
from vouchers.assistance.plans.queries import bound_milestones, content_of_version, terms_of
from vouchers.assistance.plans.rules.judging import problems_of
from vouchers.assistance.plans.wording import sentence_of
from vouchers.awards.models import Voucher

from .drafting import next_version
from .standing import require_newest


@action(gettext_lazy("Plan approved for the partner"))
def approve_for_partner(version: PlanVersion, *, by: User) -> PlanVersion:
    """Approve what was sent; it is in force now, or goes to a coordinator where the call says so.

    Raises OutOfOrder for a version that is not the newest, Refused for whoever sent it.
    """
    version = _to_decide(version, by, PlanVersion.State.SUBMITTED)
    voucher = version.plan.voucher
    require_other_person(by, version.submitted_by_id)
    move(version, PlanVersion.State.PARTNER_APPROVED)
    version.partner_approved_by, version.partner_approved_at = by, timezone.now()
    with constraints_of(PlanVersion):
        version.save()
    if not voucher.award.application.call.plans_to_coordinator:
        return _put_in_force(version, by=by)
    coordinators = people_holding(Role.COORDINATOR).exclude(pk__in=[by.pk, version.submitted_by_id])
    notify_each(coordinators, "plan-to-approve", facts=voucher_facts(voucher), about=voucher)
    return version


@action(gettext_lazy("Plan approved for the programme"))
def approve_for_programme(version: PlanVersion, *, by: User) -> PlanVersion:
    """A coordinator approves what the partner approved: it is in force.

    Raises OutOfOrder for a version that is not the newest, Refused for who took an earlier step.
    """
    version = _to_decide(version, by, PlanVersion.State.PARTNER_APPROVED)
    for earlier in (version.submitted_by_id, version.partner_approved_by_id):
        require_other_person(by, earlier)
    version.coordinator_approved_by = by
    return _put_in_force(version, by=by)


@action(gettext_lazy("Plan returned"))
def return_version(
    version: PlanVersion, *, reason: str, remarks: Sequence[RemarkInput] = (), by: User
) -> PlanVersion:
    """Return what was sent, with remarks at its lines; returns the next draft, written from it.

    Raises Refused where neither a reason nor a remark is given.
    """
    version = _to_decide(
        version, by, PlanVersion.State.SUBMITTED, PlanVersion.State.PARTNER_APPROVED
    )
    reason = record_remarks(
        PlanRemark,
        version,
        remarks,
        parts=Part.values,
        reason=reason,
        otherwise=str(WHY_RETURNED),
        by=by,
    )
    move(version, PlanVersion.State.RETURNED)
    version.returned_by, version.returned_at = by, timezone.now()
    version.return_reason = reason
    version.save()
    draft = next_version(version, amendment=version.amendment, reason=version.reason, by=by)
    tell_cluster("plan-returned", version.plan.voucher, reason=version.return_reason)
    return draft


def _to_decide(version: PlanVersion, by: User, *states: str) -> PlanVersion:
    """The version under lock, if it is the newest, waits for it, and for this person."""
    version = locked(version)
    voucher = version.plan.voucher
    if version.state == PlanVersion.State.PARTNER_APPROVED:
        may = may_approve_for_programme
    else:
        may = may_approve_for_partner
    require(may, by, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    require_newest(version)
    require_state(version, *states)
    return version


def _put_in_force(version: PlanVersion, *, by: User) -> PlanVersion:
    """The version replaces the one in force; the milestones follow it by trigger."""
    plan, voucher = version.plan, version.plan.voucher
    content, _unread = content_of_version(version)
    # Something may be claimed or accepted since it was sent.
    for problem in problems_of(content, terms_of(voucher), bound_milestones(plan)):
        raise OutOfOrder(sentence_of(problem))
    now = timezone.now()
    with constraints_of(PlanVersion, Milestone):
        standing = plan.versions.filter(state=PlanVersion.State.IN_FORCE).first()
        if standing is not None:
            move(standing, PlanVersion.State.REPLACED)
            standing.replaced_at = now
            standing.save()
        move(version, PlanVersion.State.IN_FORCE)
        version.in_force_at = now
        version.save()
    plan.refresh_from_db(fields=["in_force"])
    papers = issue_in_every_language(
        PLAN_DOCUMENT, plan, lambda: plan_facts(version), by=by, reference=voucher.reference
    )
    paper = papers[voucher.award.application.language]
    tell_cluster("plan-approved", voucher, documents=[paper], version=str(version.number))
    if version.coordinator_approved_by_id:
        tell_officers("plan-in-force", voucher, version=str(version.number))
    return version
