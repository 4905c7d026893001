"""Writing a version: begun, saved part by part while somebody types, and begun anew to amend."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    require,
    require_state,
    require_words,
)
from drafts.actions import OvertakenPart, save_rows
from vouchers.assistance.plans.models import DraftedPart, Part, Plan, PlanVersion
from vouchers.assistance.plans.permissions import may_submit_plan, may_write_plan
from vouchers.assistance.plans.queries import drafted_rows, provider_of, raw_rows
from vouchers.assistance.plans.rules.parts import RawRow
from vouchers.awards.models import Voucher

from .standing import require_needs


@action(gettext_lazy("Plan begun"))
def begin_plan(voucher: Voucher, *, by: User) -> PlanVersion:
    """Begin the first version of the voucher's plan, or return the draft that is there.

    Raises OutOfOrder before the needs are recorded, or where a plan is sent or in force already.
    """
    voucher = judged(voucher, may_write_plan, by=by, states=[Voucher.State.ACTIVE])
    require_needs(voucher)
    plan = Plan.objects.filter(voucher=voucher).first()
    if plan is None:
        plan = Plan.objects.create(voucher=voucher)
        with constraints_of(PlanVersion):
            return PlanVersion.objects.create(plan=plan, number=1, begun_by=by)
    draft = locked(plan).versions.filter(state=PlanVersion.State.DRAFT).first()
    if draft is None:
        raise OutOfOrder(_("This plan is sent already. Once it is in force it can be amended."))
    return draft


@action(gettext_lazy("Plan saved"))
def save_parts(
    version: PlanVersion,
    typed: Mapping[int, list[RawRow]],
    *,
    seen: Mapping[int, int],
    by: User,
) -> list[OvertakenPart[DraftedPart]]:
    """Save parts of a draft as they were typed, right or wrong, by the number of the part.

    `seen` gives for each part the version that the person had before them (0 for none). A part that
    somebody else changed meanwhile is not overwritten but returned. Raises Refused for a part that
    is longer than any plan, and saves none; OutOfOrder once the version is sent.
    """
    version = locked(version)
    voucher = version.plan.voucher
    require(may_write_plan, by, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    require_state(version, PlanVersion.State.DRAFT)
    return save_rows(
        drafted_rows(version),
        lambda part: DraftedPart(version=version, part=part, seen_as=0),
        typed,
        known=Part.values,
        seen=seen,
        by=by,
    )


@action(gettext_lazy("Amendment of the plan begun"))
def amend_plan(plan: Plan, *, kind: str, reason: str, by: User) -> PlanVersion:
    """Begin the next version from the one in force, which stays in force until the new one is.

    `kind` is one of PlanVersion.Amendment. Raises OutOfOrder before a version is in force, or while
    another is being written or decided.
    """
    plan = locked(plan)
    require(
        may_submit_plan,
        by,
        plan.voucher,
        otherwise=_("Only a manager of the cluster can amend the plan."),
    )
    require_state(plan.voucher, Voucher.State.ACTIVE)
    require_words(reason, _("Say why the plan is amended."), field="reason")
    if kind not in PlanVersion.Amendment.values:
        raise Refused(_("Say what is amended."), field="kind")
    standing = plan.in_force
    if standing is None:
        raise OutOfOrder(_("No version of the plan is in force yet: change its draft."))
    if plan.versions.filter(state__in=PlanVersion.OPEN).exists():
        raise OutOfOrder(_("Another version of this plan is being written or decided."))
    return next_version(standing, amendment=kind, reason=reason.strip(), by=by)


def next_version(
    earlier: PlanVersion, *, by: User, amendment: str = "", reason: str = ""
) -> PlanVersion:
    """A draft written from an earlier version of the (locked) plan; part of another action."""
    newest = earlier.plan.versions.order_by("-number").values_list("number", flat=True).first()
    with constraints_of(PlanVersion):
        draft = PlanVersion.objects.create(
            plan=earlier.plan,
            number=(newest or 0) + 1,
            based_on=earlier,
            amendment=amendment,
            reason=reason,
            begun_by=by,
        )
    rows_of = raw_rows(earlier)
    if earlier.state == PlanVersion.State.IN_FORCE:
        # A contract may name somebody whom the plan in force did not know yet.
        standing = provider_of(earlier.plan.voucher)
        frame = rows_of[Part.FRAME][0]
        frame["provider"] = str(standing.pk) if standing is not None else ""
    DraftedPart.objects.bulk_create(
        DraftedPart(version=draft, part=part, rows=rows, changed_by=by)
        for part, rows in rows_of.items()
    )
    return draft
