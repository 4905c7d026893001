"""Reads of consultants and their accounts, scoped to who asks."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from accounts.permissions import is_coordinator, sees_all_countries
from conduct.queries.scoping import for_system
from vouchers.providers.quotes.rules.likeness import most_like

from .models import (
    DistinctProviders,
    Provider,
    ProviderAccount,
    ProviderFile,
    ProviderLink,
    ProviderUpdate,
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


def links_of(providers: QuerySet[Provider]) -> QuerySet[ProviderLink]:
    """Every personal link, now and before, of the providers; the newest first."""
    return ProviderLink.objects.filter(provider__in=providers).select_related(
        "provider", "issued_by"
    )


def link_of_provider(provider: Provider) -> ProviderLink | None:
    """The personal link that was sent last, unless it was withdrawn."""
    return ProviderLink.objects.filter(
        provider=provider, replaced_at=None, withdrawn_at=None
    ).first()


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


def updates_of(providers: QuerySet[Provider]) -> QuerySet[ProviderUpdate]:
    """What the providers sent about themselves."""
    return ProviderUpdate.objects.filter(provider__in=providers)


def standing_files_of(providers: QuerySet[Provider]) -> QuerySet[ProviderFile]:
    """The files that stand in the register of the providers."""
    return ProviderFile.objects.filter(provider__in=providers, removed_at=None)


@for_system("a provider reads its own page, and whoever asks for one may read it")
def files_of_provider(provider: Provider) -> QuerySet[ProviderFile]:
    """The files that stand in the register of a provider, newest first."""
    return provider.files.filter(removed_at=None).select_related("added_by", "link")


@for_system("a provider reads its own page, and whoever asks for one may read it")
def last_update_of(provider: Provider) -> ProviderUpdate | None:
    """What the provider sent last by its own link."""
    return provider.updates.exclude(state=ProviderUpdate.State.REPLACED).first()


def waiting_by_providers(user: User) -> QuerySet[Provider]:
    """The providers of an officer's countries of which an update or a file waits for approval."""
    updates = ProviderUpdate.objects.filter(state=ProviderUpdate.State.WAITING)
    files = ProviderFile.objects.filter(approved_at=None, removed_at=None)
    return providers_in(user.officer_countries).filter(
        Q(pk__in=updates.values("provider")) | Q(pk__in=files.values("provider"))
    )


@for_system("background work tells providers of changes")
def untold_accounts() -> QuerySet[ProviderAccount]:
    """Changed accounts of which the contact before has not been told."""
    accounts = ProviderAccount.objects.filter(told_at=None).exclude(told_contact="")
    return accounts.select_related("provider")


@for_system("a cluster chooses among all consultants of its country")
def providers_for(country_code: str) -> QuerySet[Provider]:
    """The consultants registered in a country, by name."""
    return Provider.objects.filter(country_id=country_code)


@for_system("whoever asks names the countries that they look after")
def providers_in(country_codes: Collection[str]) -> QuerySet[Provider]:
    """The consultants registered in any of the countries, by name."""
    return Provider.objects.filter(country_id__in=country_codes)


def with_accounts(providers: QuerySet[Provider]) -> QuerySet[Provider]:
    """The consultants with their country and all their accounts."""
    return providers.select_related("country").prefetch_related("accounts")


def with_verified_account(
    providers: QuerySet[Provider],
    verified: bool,  # noqa: FBT001 - the very question
) -> QuerySet[Provider]:
    """Those of the consultants whose standing account is verified, or those whose is not."""
    standing = ProviderAccount.objects.filter(replaced_at=None).exclude(verified_at=None)
    found = Q(pk__in=standing.values("provider"))
    return providers.filter(found if verified else ~found)


@for_system("a hint to who keeps the list of a country: providers of every country may be one")
def providers_like(provider: Provider, *, told_apart: bool = False) -> list[tuple[Provider, str]]:
    """Other providers that may be the same, with what says so: `name` or `number`; a hint, no verdict.

    Compared are the names in both scripts, however they are spelt, and the numbers of registration
    and VAT. Pairs that somebody told apart are left out, unless `told_apart`. Reads the names of all
    providers, which are some hundreds.
    """
    names = [name for name in (provider.name, provider.own_name) if name]
    apart: set[int] = set()
    if provider.pk and not told_apart:
        pairs = DistinctProviders.objects.filter(Q(one=provider) | Q(other=provider))
        apart = {pk for pair in pairs.values_list("one", "other") for pk in pair}
    codes = {code for code in (provider.registration_code, provider.vat_code) if code}
    found = []
    for other in Provider.objects.select_related("country").exclude(pk=provider.pk):
        if other.pk in apart:
            continue
        if codes & {other.registration_code, other.vat_code}:
            found.append((other, "number"))
        elif most_like(names, [name for name in (other.name, other.own_name) if name]):
            found.append((other, "name"))
    return found
