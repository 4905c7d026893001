"""What the pages of versions show, for people and for providers by their link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.models import User
from conduct.queries.history import timeline
from vouchers.assistance.deliverables import queries
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.deliverables.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
)
from vouchers.assistance.deliverables.wording import clock_in_words
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher


@dataclass(frozen=True)
class Awaited:
    """The clock of a version in words, and whether its turn is over."""

    text: str
    is_late: bool


def waiting_of(version: Deliverable) -> Awaited | None:
    """Who is waited for, where somebody is: not for what was accepted or has a newer version."""
    clock = queries.clock_of(version)
    if clock is None or not version.milestone.is_in_force:
        return None
    return Awaited(clock_in_words(version, clock), clock.is_late)


def listed_as(version: Deliverable) -> str:
    """A version in a list of what waits: whose, for which milestone, and since when."""
    waiting = waiting_of(version)
    milestone = version.milestone
    # The names may be in scripts of two directions.
    told = f"\u2068{milestone.plan.voucher}\u2069 · \u2068{milestone.title}\u2069"
    return f"{told} · {waiting.text}" if waiting else told


def hand_in_context(
    milestone: Milestone, earlier: Deliverable | None, form: forms.BaseForm
) -> dict[str, Any]:
    """What the page for handing in reads; `earlier` is the version that was returned."""
    return {
        "form": form,
        "voucher": milestone.plan.voucher,
        "milestone": milestone,
        "earlier": earlier,
        "points": queries.open_points(earlier) if earlier else [],
        "expected": queries.expected_of(milestone),
    }


def version_context(version: Deliverable, user: User, form: forms.BaseForm) -> dict[str, Any]:
    """One version with the one before, the points of both, and what the person can do."""
    side = queries.side_that_judges(user, version)
    may = _rights(version, user)
    return {
        **read_context(version, side),
        "unsent": queries.unsent_before(version, side) if may else [],
        "form": form,
        "may": may,
        "side": side,
        "entries": timeline(version),
    }


def read_context(version: Deliverable, side: str | None) -> dict[str, Any]:
    """A version as whoever may read it does; `side` sees what it noted itself, too."""
    versions = queries.versions_of(version.milestone)
    newest = versions[0]
    before = next((one for one in versions if one.number == version.number - 1), None)
    return {
        "version": version,
        "voucher": version.milestone.plan.voucher,
        "milestone": version.milestone,
        "versions": versions,
        "newest": newest,
        "before": before,
        "points_before": queries.points_shown(before, None) if before else [],
        "points": queries.points_shown(version, side),
        "expected": queries.expected_of(version.milestone),
        "waiting": waiting_of(version) if newest.pk == version.pk else None,
    }


def _rights(version: Deliverable, user: User) -> dict[str, bool]:
    """Which buttons the person finds; none once it is decided, replaced, or out of the plan."""
    voucher = version.milestone.plan.voucher
    if voucher.state != Voucher.State.ACTIVE or not version.milestone.is_in_force:
        return {}
    for_cluster = may_accept_for_cluster.test(user, voucher)
    for_partner = may_accept_for_partner.test(user, voucher)
    if version.state == Deliverable.State.SUBMITTED and (for_cluster or for_partner):
        return {"judge": True, "accept": for_cluster}
    if version.state == Deliverable.State.CLUSTER_ACCEPTED and for_partner:
        return {"judge": True, "accept": version.cluster_accepted_by_id != user.pk}
    return {}
