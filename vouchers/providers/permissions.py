"""Who may keep the list of consultants, and verify the accounts on which they are paid."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator

from .models import Provider, ProviderAccount, ProviderLink


@rules.predicate
def may_register_provider(user: User, country_code: str) -> bool:
    """Whether the person keeps the list of consultants of a country."""
    return user.is_authenticated and country_code in user.officer_countries


@rules.predicate
def may_verify_provider_account(user: User, account: ProviderAccount) -> bool:
    """A second person: another officer of the country, or a coordinator."""
    if user.pk == account.entered_by_id:
        return False
    return is_coordinator.test(user) or may_register_provider.test(
        user, account.provider.country_id
    )


@rules.predicate
def may_end_provider_link(user: User, link: ProviderLink) -> bool:
    """Whether the person keeps the list in which the link's provider is."""
    return may_register_provider.test(user, link.provider.country_id)


@rules.predicate
def may_keep_files(person: User | ProviderLink, provider: Provider) -> bool:
    """Whether the person keeps the list in which the provider is, or came by its own link."""
    if isinstance(person, ProviderLink):
        return person.provider_id == provider.pk
    return may_register_provider.test(person, provider.country_id)


@rules.predicate
def speaks_for(link: ProviderLink, provider: Provider) -> bool:
    """Whether the link is the provider's own."""
    return link.provider_id == provider.pk
