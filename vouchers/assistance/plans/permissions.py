"""Who writes, reads and decides plans of technical assistance."""

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

from .models import Plan, PlanVersion

may_write_plan = may_write_for_voucher
may_submit_plan = may_sign_for_voucher
may_approve_for_partner = is_officer_for_voucher


@rules.predicate
def may_approve_for_programme(user: User, voucher: Voucher) -> bool:
    """Whether the person coordinates, free of a conflict of interest."""
    return is_coordinator.test(user) and not is_recused_from_award.test(user, voucher.award)


@rules.predicate
def represents_cluster_of(user: User, plan: Plan) -> bool:
    return represents.test(user, plan.voucher.award.application.cluster)


@rules.predicate
def may_read_plan(user: User, plan: Plan) -> bool:
    """The cluster reads its plan from the first word, the staff what was sent of it."""
    return represents_cluster_of.test(user, plan) or may_read_voucher.test(user, plan.voucher)


@rules.predicate
def may_read_version(user: User, version: PlanVersion) -> bool:
    """The cluster reads every version, the staff those that were sent."""
    if represents_cluster_of.test(user, version.plan):
        return True
    return version.submitted_at is not None and may_read_voucher.test(user, version.plan.voucher)


@rules.predicate
def may_decide_version(user: User, version: PlanVersion) -> bool:
    """Whether it is the person's turn to approve or return the version."""
    voucher = version.plan.voucher
    if version.state == PlanVersion.State.SUBMITTED:
        return may_approve_for_partner.test(user, voucher)
    if version.state == PlanVersion.State.PARTNER_APPROVED:
        return may_approve_for_programme.test(user, voucher)
    return False
