"""What waits for coordinators: selections, agreements, plans, reports, reviews, reserves, claims."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.queries.waiting import Kind, WaitingWork
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.queries import versions_to_approve
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.reports.queries import reports_to_approve
from vouchers.awards.models import Appeal, SelectionRound
from vouchers.awards.queries import (
    agreements_to_countersign,
    appeals_to_decide,
    calls_to_decide,
    reserve_to_decide,
    rounds_to_publish,
    rounds_visible_to,
)

from .endings import ended_by_coordinator
from .payments import approval_work
from .providers import accounts_work
from .reports import reports_work


def work_of_coordinator(user: User) -> Iterator[Kind]:
    """What waits for a coordinator, over all countries."""
    rounds = reverse("awards:rounds")
    yield WaitingWork(
        "selections-to-propose",
        _("Propose a selection"),
        calls_to_decide,
        rounds,
        lambda found: reverse("awards:propose", args=[found.slug]),
    )
    yield WaitingWork(
        "selections",
        _("Decide on a proposed selection"),
        lambda user: (
            rounds_visible_to(user)
            .filter(state=SelectionRound.State.PROPOSED)
            .exclude(proposed_by=user)
        ),
        rounds,
        SelectionRound.get_absolute_url,
    )
    yield WaitingWork(
        "selections-to-publish",
        _("Approved, not published yet: look over what clusters will read"),
        rounds_to_publish,
        rounds,
        SelectionRound.get_absolute_url,
    )
    yield WaitingWork(
        "agreements",
        _("Counter-sign agreements"),
        agreements_to_countersign,
        f"{reverse('dashboards:vouchers')}?agreement=waits",
        lambda found: reverse("awards:countersign", args=[found.award_id]),
        amount=attrgetter("amount"),
    )
    yield WaitingWork(
        "plans-to-approve",
        _("Approve plans of technical assistance"),
        versions_to_approve,
        reverse("dashboards:vouchers"),
        PlanVersion.get_absolute_url,
    )
    yield WaitingWork(
        "reports-to-approve",
        _("Read final reports"),
        reports_to_approve,
        reverse("dashboards:vouchers"),
        FinalReport.get_absolute_url,
    )
    yield WaitingWork(
        "reviews",
        _("Decide on requests for review"),
        appeals_to_decide,
        rounds,
        Appeal.get_absolute_url,
    )
    yield WaitingWork(
        "reserve",
        _("Offer a free voucher: the first on the reserve list are equal"),
        reserve_to_decide,
        rounds,
        SelectionRound.get_absolute_url,
    )
    yield from ended_by_coordinator(user)
    yield from approval_work()
    # Officers verify one another; where a country has one officer, a coordinator is the second.
    yield accounts_work()
    yield from reports_work()
