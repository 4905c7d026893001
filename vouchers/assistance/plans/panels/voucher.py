"""What the page of a voucher shows of its plan: what its templates read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from vouchers.assistance.plans.models import Plan, PlanVersion
from vouchers.assistance.plans.permissions import (
    may_decide_version,
    may_read_version,
    may_submit_plan,
    may_write_plan,
)
from vouchers.assistance.plans.queries import needs_are_confirmed
from vouchers.awards.models import Voucher


def plan_panel(
    voucher: Voucher, plan: Plan | None, versions: Sequence[PlanVersion], user: User
) -> dict[str, Any]:
    """The versions that the person may read, newest first; which is in force, which is open."""
    readable = [one for one in versions if may_read_version.test(user, one)]
    in_force = next((one for one in readable if one.state == PlanVersion.State.IN_FORCE), None)
    newest = next((one for one in readable if one.is_open), None)
    is_active = voucher.state == Voucher.State.ACTIVE
    may_write = is_active and may_write_plan.test(user, voucher)
    return {
        "plan": plan,
        "versions": readable,
        "version_in_force": in_force,
        "open_version": newest,
        "may_write_plan": may_write
        and (newest.state == PlanVersion.State.DRAFT if newest else in_force is None)
        and (newest is not None or needs_are_confirmed(voucher)),
        "may_decide_plan": is_active
        and newest is not None
        and may_decide_version.test(user, newest),
        "may_amend_plan": is_active
        and in_force is not None
        and newest is None
        and may_submit_plan.test(user, voucher),
    }
