"""Plans, versions and milestones, scoped to who asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import is_coordinator
from clusters.queries import represented_by
from conduct.queries.scoping import for_system
from vouchers.assistance.plans.models import Milestone, Plan, PlanVersion
from vouchers.assistance.plans.rules.judging import Bound
from vouchers.assistance.plans.rules.parts import PlanTerms
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.providers.contracts.models import Contract
from vouchers.providers.contracts.queries import contract_of
from vouchers.providers.models import Provider

_WITH_VOUCHER = "plan__voucher__award__application"


def plans_visible_to(user: User) -> QuerySet[Plan]:
    """The plans of the vouchers that the person may read."""
    return Plan.objects.filter(award_within_reach(user, "voucher__award__"))


def versions_visible_to(user: User) -> QuerySet[PlanVersion]:
    """The versions that the person may read: the cluster's own, of others those that were sent."""
    readable = PlanVersion.objects.filter(award_within_reach(user, "plan__voucher__award__"))
    # No join to the representatives: telling rows of 300 columns apart took 0.1 s of planning.
    own = represented_by(user)
    represented = Q(**{f"{_WITH_VOUCHER}__cluster__in": own})
    return (
        readable.filter(Q(submitted_at__isnull=False) | represented)
        .select_related(
            f"{_WITH_VOUCHER}__cluster",
            f"{_WITH_VOUCHER}__country__partner",
            f"{_WITH_VOUCHER}__call",
            *("provider", "submitted_by", "partner_approved_by", "coordinator_approved_by"),
            *("returned_by", "based_on", "plan__in_force"),
        )
        .order_by("-number")
    )


def milestones_visible_to(user: User) -> QuerySet[Milestone]:
    """The milestones of the vouchers that the person may read, those too that were removed."""
    return Milestone.objects.filter(
        award_within_reach(user, "plan__voucher__award__")
    ).select_related(f"{_WITH_VOUCHER}__cluster", "plan__in_force__provider", "removed_in")


def versions_to_decide(user: User) -> QuerySet[PlanVersion]:
    """What was sent in the countries of an officer and waits for them, oldest first."""
    return (
        versions_visible_to(user)
        .filter(
            state=PlanVersion.State.SUBMITTED,
            **{f"{_WITH_VOUCHER}__country_id__in": user.officer_countries},
        )
        .order_by("submitted_at")
    )


def versions_to_approve(user: User) -> QuerySet[PlanVersion]:
    """What partners have approved and waits for a coordinator, oldest first."""
    found = versions_visible_to(user).filter(state=PlanVersion.State.PARTNER_APPROVED)
    return (found if is_coordinator.test(user) else found.none()).order_by("partner_approved_at")


def plan_of(voucher: Voucher) -> Plan | None:
    """The voucher's plan, with the version in force and its provider, where one was begun."""
    found = Plan.objects.select_related("in_force__provider").filter(voucher=voucher).first()
    if found is not None:
        found.voucher = voucher
    return found


def version_in_force(voucher: Voucher) -> PlanVersion | None:
    """The version of the voucher's plan that is in force."""
    plan = plan_of(voucher)
    return plan.in_force if plan is not None else None


def version_to_buy(voucher: Voucher) -> PlanVersion | None:
    """The version on which quotes are asked: the one in force, else the last one that was sent."""
    sent = PlanVersion.objects.filter(plan__voucher=voucher, submitted_at__isnull=False)
    return version_in_force(voucher) or sent.order_by("-number").first()


@for_system("who delivers and is paid is a fact of the voucher")
def provider_of(voucher: Voucher) -> Provider | None:
    """Who delivers and is paid; None while nobody is found. The one place that says so.

    Of contract and version in force, that which came last and names somebody.
    """
    return who_delivers(version_in_force(voucher), contract_of(voucher))


def who_delivers(version: PlanVersion | None, contract: Contract | None) -> Provider | None:
    """The same of what is at hand: the version in force and the contract of one voucher."""
    named = version.provider if version is not None else None
    if contract is None or version is None or version.in_force_at is None:
        return contract.provider if contract is not None else named
    is_later = version.in_force_at > contract.entered_at
    return named if is_later and named is not None else contract.provider


def versions_of(plan: Plan) -> list[PlanVersion]:
    """All versions of a plan, newest first, whoever asks (see permissions.may_read_version)."""
    versions = list(
        plan.versions.select_related(
            *("provider", "submitted_by", "partner_approved_by", "coordinator_approved_by"),
            *("returned_by", "based_on"),
        ).order_by("-number")
    )
    for version in versions:
        version.plan = plan
    return versions


def newest_version(plan: Plan) -> PlanVersion | None:
    """The version of the highest number."""
    return plan.versions.order_by("-number").first()


def milestones_in_force(plan: Plan) -> QuerySet[Milestone]:
    """The milestones of the version in force, in its order."""
    return plan.milestones.filter(removed_in=None).order_by("position")


@for_system("what an amendment must keep is a fact of the plan")
def bound_milestones(plan: Plan) -> list[Bound]:
    """The milestones of which something is claimed (EUR) or accepted."""
    accepted = set(
        plan.milestones.filter(deliverables__state="accepted").values_list("pk", flat=True)
    )
    tolerance = plan.voucher.award.application.call.claim_tolerance
    return [
        Bound(str(found.key), found.title, found.claimed, found.pk in accepted, tolerance)
        for found in plan.milestones.filter(removed_in=None)
        if found.claimed or found.pk in accepted
    ]


def terms_of(voucher: Voucher) -> PlanTerms:
    """What a plan of the voucher must keep to, and what is usual in its call."""
    call = voucher.award.application.call
    return PlanTerms(
        voucher.amount,
        voucher.valid_from,
        voucher.valid_until,
        call.day_rate_low,
        call.day_rate_high,
    )
