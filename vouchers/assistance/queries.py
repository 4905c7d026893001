"""Reads of what happens with vouchers, scoped to who asks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_coordinator, sees_all_countries
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to

from .models import Deliverable, FinalReport, Milestone, Plan, Provider, ProviderAccount


def deliverables_visible_to(user: User) -> QuerySet[Deliverable]:
    """The deliverables of the vouchers that the person may read, with milestone and voucher."""
    return Deliverable.objects.filter(
        milestone__plan__voucher__in=vouchers_visible_to(user)
    ).select_related("milestone__plan__voucher__award__application__cluster")


def milestones_visible_to(user: User) -> QuerySet[Milestone]:
    """The milestones of approved plans that the person may read, with plan and voucher."""
    return Milestone.objects.filter(
        plan__state=Plan.State.APPROVED, plan__voucher__in=vouchers_visible_to(user)
    ).select_related("plan__voucher__award__application__cluster")


def plans_to_decide(user: User) -> QuerySet[Plan]:
    """The submitted plans in the countries of an officer, oldest first, as far as they may read."""
    return (
        Plan.objects.filter(state=Plan.State.SUBMITTED, voucher__in=_vouchers_of_officer(user))
        .select_related("voucher__award__application__cluster")
        .order_by("submitted_at")
    )


def deliverables_to_accept(user: User) -> QuerySet[Deliverable]:
    """What the clusters of an officer's countries have accepted and the officer has not yet."""
    return (
        deliverables_visible_to(user)
        .filter(
            state=Deliverable.State.CLUSTER_ACCEPTED,
            milestone__plan__voucher__award__application__country_id__in=user.officer_countries,
        )
        .order_by("cluster_accepted_at")
    )


def reports_to_accept(user: User) -> QuerySet[FinalReport]:
    """The submitted final reports in the countries of an officer, oldest first, as they may read."""
    return (
        FinalReport.objects.filter(
            state=FinalReport.State.SUBMITTED, voucher__in=_vouchers_of_officer(user)
        )
        .select_related("voucher__award__application__cluster")
        .order_by("submitted_at")
    )


def _vouchers_of_officer(user: User) -> QuerySet[Voucher]:
    """The vouchers in an officer's countries, but for those from which a conflict shuts them out."""
    return vouchers_visible_to(user).filter(
        award__application__country_id__in=user.officer_countries
    )


def providers_visible_to(user: User) -> QuerySet[Provider]:
    """The consultants whose accounts the person may read, by name, with all their accounts.

    An officer reads those of the own countries; who approves, pays or audits reads all.
    """
    providers = Provider.objects.select_related("country").prefetch_related(
        Prefetch(
            "accounts", queryset=ProviderAccount.objects.select_related("entered_by", "verified_by")
        )
    )
    if sees_all_countries.test(user):
        return providers
    return providers.filter(country_id__in=user.officer_countries)


def account_of_provider(provider: Provider) -> ProviderAccount | None:
    """The account of the provider that stands, verified or not."""
    return ProviderAccount.objects.filter(provider=provider, replaced_at=None).first()


def accounts_of(providers: QuerySet[Provider]) -> QuerySet[ProviderAccount]:
    """Every account, now and before, of the providers."""
    return ProviderAccount.objects.filter(provider__in=providers).select_related("provider")


def accounts_to_verify(user: User) -> QuerySet[ProviderAccount]:
    """Accounts that the person did not enter and may verify, oldest first."""
    waiting = ProviderAccount.objects.filter(replaced_at=None, verified_at=None)
    if not is_coordinator.test(user):
        waiting = waiting.filter(provider__country_id__in=user.officer_countries)
    return waiting.exclude(entered_by=user).select_related("provider").order_by("entered_at")


def providers_on_account(account: ProviderAccount) -> QuerySet[Provider]:
    """Other providers that are, or were, paid on the same account; a hint, never a verdict."""
    return (
        Provider.objects.filter(accounts__account=account.account)
        .exclude(pk=account.provider_id)
        .select_related("country")
        .distinct()
    )


def never_told() -> QuerySet[ProviderAccount]:
    """Changed accounts of which the contact before has not been told, older than a minute."""
    lost = timezone.now() - timedelta(minutes=1)
    return ProviderAccount.objects.filter(told_at=None, entered_at__lt=lost).exclude(
        told_contact=""
    )


def providers_for(country_code: str) -> QuerySet[Provider]:
    """The consultants registered in a country, by name."""
    return Provider.objects.filter(country_id=country_code)


def providers_in(country_codes: Collection[str]) -> QuerySet[Provider]:
    """The consultants registered in any of the countries, by name."""
    return (
        Provider.objects.filter(country_id__in=country_codes)
        .select_related("country")
        .prefetch_related("accounts")
    )


def milestones_with_deliverables(plan: Plan) -> QuerySet[Milestone]:
    """The milestones of a plan in order, each with its deliverables, newest first; two queries."""
    return plan.milestones.prefetch_related(
        Prefetch("deliverables", queryset=Deliverable.objects.order_by("-submitted_at"))
    ).order_by("position")


def returned_deliverable_of(milestone: Milestone) -> Deliverable | None:
    """The deliverable that was returned last, where none stands for the milestone."""
    last = milestone.deliverables.order_by("-submitted_at").first()
    return last if last is not None and last.state == Deliverable.State.RETURNED else None


def is_delivered(milestone: Milestone) -> bool:
    """Whether cluster and partner have accepted a deliverable of the milestone."""
    return milestone.deliverables.filter(state=Deliverable.State.ACCEPTED).exists()


def plan_of(voucher: Voucher) -> Plan | None:
    """The voucher's plan, with its provider, where one was begun."""
    return Plan.objects.select_related("provider").filter(voucher=voucher).first()


def report_of(voucher: Voucher) -> FinalReport | None:
    """The voucher's final report, where one was begun."""
    return FinalReport.objects.filter(voucher=voucher).first()
