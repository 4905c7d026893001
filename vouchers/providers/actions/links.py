"""Writes about the personal links by which providers reach their own page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, judged, locked, require
from links.actions import issue_link, withdraw_link
from vouchers.providers.models import Provider, ProviderLink
from vouchers.providers.permissions import may_end_provider_link, may_register_provider
from vouchers.providers.tasks import mail_provider_link


@action(gettext_lazy("Personal link sent to a provider"))
def send_provider_link(provider: Provider, *, by: User, language: str = "en") -> ProviderLink:
    """Mail the provider a link to its own page; the one before it opens nothing any more.

    Raises Refused for a provider without an e-mail address.
    """
    provider = locked(provider)
    require(may_register_provider, by, provider.country_id)
    if not provider.email:
        raise Refused(_("The provider has no e-mail address to which a link could go."))
    link = ProviderLink(
        provider=provider, name=provider.name, email=provider.email, language=language
    )
    link, _secret = issue_link(link, task=mail_provider_link, by=by)
    return link


@action(gettext_lazy("Personal link of a provider withdrawn"))
def withdraw_provider_link(link: ProviderLink, *, by: User) -> ProviderLink:
    """End the link at once, in every browser."""
    return withdraw_link(judged(link, may_end_provider_link, by=by), by=by)
