"""What the pages of a provider show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.deliverables.panels import Awaited, waiting_of
from vouchers.assistance.deliverables.queries import milestones_with_deliverables
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.models.sessions import LoggedFor
from vouchers.assistance.delivery.queries import Burned, burned_of, sessions_of
from vouchers.assistance.plans.queries import plan_of, provider_of
from vouchers.awards.models import Voucher

from .models import WorkLink


@dataclass(frozen=True)
class MilestoneAtWork:
    """A milestone with what is used of it, and what was handed in last."""

    burned: Burned
    versions: list[Deliverable]
    waiting: Awaited | None

    @property
    def newest(self) -> Deliverable | None:
        """The version of the highest number."""
        return self.versions[0] if self.versions else None

    @property
    def may_hand_in(self) -> bool:
        """Whether a version is awaited: none is there, or the last one came back."""
        return self.newest is None or self.newest.state == Deliverable.State.RETURNED


def may_work(link: WorkLink) -> bool:
    """Whether anything is taken by the link: the voucher runs, and the provider still delivers."""
    contract = link.contract
    provider = provider_of(contract.voucher)
    is_active = contract.voucher.state == Voucher.State.ACTIVE
    return is_active and provider is not None and provider.pk == contract.provider_id


def home_context(link: WorkLink) -> dict[str, Any]:
    """The milestones in force, and the sessions of this voucher, the newest first."""
    voucher = link.contract.voucher
    plan = plan_of(voucher)
    sessions = sessions_of(voucher)
    milestones = milestones_with_deliverables(plan) if plan is not None else []
    in_force = [one for one in milestones if one.is_in_force]
    shown = []
    for burned in burned_of(in_force, sessions):
        versions = list(burned.milestone.deliverables.all())
        waiting = waiting_of(versions[0]) if versions else None
        shown.append(MilestoneAtWork(burned, versions, waiting))
    own = [one for one in sessions if one.logged_for == LoggedFor.PROVIDER]
    return {
        "contract": link.contract,
        "milestones": shown,
        "returned": [one for one in own if one.state == Session.State.RETURNED],
        "sessions": sessions,
    }
