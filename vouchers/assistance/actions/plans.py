"""The plan: written by the cluster, approved by the country partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    judged,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from documents.actions import issue_in_every_language
from documents.wording import figures
from vouchers.assistance.letters import PLAN_DOCUMENT, plan_facts
from vouchers.assistance.models import Milestone, Plan
from vouchers.assistance.needs.queries import record_in_force
from vouchers.assistance.permissions import may_decide_plan, may_submit_plan, may_write_plan
from vouchers.awards.models import Voucher
from vouchers.providers.models import Provider

from .steps import WHY_RETURNED, require_other_person, tell_cluster, tell_officers


@dataclass(frozen=True)
class MilestoneInput:
    """One milestone as it is planned: days of expertise, amount in EUR."""

    title: str
    due_on: date
    days: Decimal
    amount: Decimal


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

    Raises OutOfOrder before a record of needs is in force or once the plan was submitted. The
    sum and the dates are checked when it is submitted, so that half a plan can be kept.
    """
    voucher = judged(voucher, may_write_plan, by=by, states=[Voucher.State.ACTIVE])
    if record_in_force(voucher) is None:
        raise OutOfOrder(
            _("The plan follows the record of needs, which both sides have not confirmed yet.")
        )
    provider = locked(provider)
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
    plan = locked(plan)
    voucher = plan.voucher
    require(
        may_submit_plan,
        by,
        voucher,
        otherwise=_("Only a manager of the cluster can send the plan."),
    )
    require_state(voucher, Voucher.State.ACTIVE)
    for problem in problems_of_plan(plan):
        raise Refused(problem)
    move(plan, Plan.State.SUBMITTED)
    plan.submitted_by, plan.submitted_at = by, timezone.now()
    plan.return_reason = ""
    plan.save()
    tell_officers("plan-submitted", voucher)
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
            % {"total": figures(plan.total), "amount": figures(voucher.amount)}
        )
    problems += [
        _("“%(title)s” is due outside the validity of the voucher.") % {"title": milestone.title}
        for milestone in milestones
        if not voucher.valid_from <= milestone.due_on <= voucher.valid_until
    ]
    return problems


@action(gettext_lazy("Plan returned"))
def return_plan(plan: Plan, *, reason: str, by: User) -> Plan:
    """Return the plan to the cluster for the `reason`, which it reads; it is a draft again."""
    plan = locked(plan)
    require(may_decide_plan, by, plan.voucher)
    require_words(reason, WHY_RETURNED)
    move(plan, Plan.State.DRAFT)
    plan.return_reason = reason
    plan.save()
    tell_cluster("plan-returned", plan.voucher, reason=reason)
    return plan


@action(gettext_lazy("Plan approved"))
def approve_plan(plan: Plan, *, by: User) -> Plan:
    """Approve the plan: from here on milestones can be delivered and claimed."""
    plan = locked(plan)
    voucher = plan.voucher
    require(may_decide_plan, by, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    require_other_person(by, plan.submitted_by_id)
    move(plan, Plan.State.APPROVED)
    plan.approved_by, plan.approved_at = by, timezone.now()
    plan.save()
    plans = issue_in_every_language(
        PLAN_DOCUMENT, plan, lambda: plan_facts(plan), by=by, reference=voucher.reference
    )
    language = voucher.award.application.language
    tell_cluster("plan-approved", voucher, documents=[plans[language]])
    return plan
