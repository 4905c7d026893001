"""What comes next with a plan, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.permissions import may_decide_version, may_write_plan
from vouchers.awards.models import Voucher


def plan_step(voucher: Voucher, versions: Sequence[PlanVersion], user: User) -> Step | None:
    """What the plan asks for; None once the newest version (the first of them) is in force."""
    newest = next((one for one in versions if one.state != PlanVersion.State.WITHDRAWN), None)
    if newest is None:
        return _writing(
            voucher,
            user,
            _("Write the plan: what is delivered, by whom, by when and for how much."),
            _("Write the plan"),
        )
    if newest.state == PlanVersion.State.DRAFT:
        return _writing(voucher, user, _words_of_draft(newest), _("Go on writing"))
    if newest.is_open:
        return _deciding(newest, user)
    return None


def _writing(voucher: Voucher, user: User, text: str, label: str) -> Step:
    if not may_write_plan.test(user, voucher):
        return Step(text, _("the cluster"))
    return Step(text, YOU, reverse("plans:plan", args=[voucher.pk]), label)


def _words_of_draft(draft: PlanVersion) -> str:
    earlier = draft.based_on
    if earlier is not None and earlier.state == PlanVersion.State.RETURNED:
        return _("The plan was returned: “%(reason)s”. Mend it and send it again.") % {
            "reason": earlier.return_reason
        }
    if draft.is_amendment:
        return _("An amendment of the plan is being written: finish it and send it.")
    return _("A draft of the plan is there: finish it and send it to your country partner.")


def _deciding(version: PlanVersion, user: User) -> Step:
    is_with_partner = version.state == PlanVersion.State.SUBMITTED
    text = _("Read the plan and approve it, or return it.")
    if version.is_amendment:
        text = _("Read the amendment of the plan and approve it, or return it.")
    if may_decide_version.test(user, version):
        return Step(text, YOU, version.get_absolute_url(), _("Read the plan"))
    return Step(text, _("the country partner") if is_with_partner else _("a coordinator"))
