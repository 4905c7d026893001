"""Writes of what the register says of a provider, of its owners, and of those that look alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    locked,
    require,
    require_words,
)
from documents.wording import number
from inputs.rules.folding import code_form
from vouchers.providers.models import BeneficialOwner, DistinctProviders, Provider
from vouchers.providers.permissions import may_register_provider

# What `describe_provider` sets; the contact to whom changes of account are told is not among them.
FACTS = (
    *("name", "own_name", "kind", "street", "post_code", "town", "contact"),
    *("registration_number", "vat_number"),
    *("expertise", "sectors", "languages", "countries_served", "rate_from", "rate_to"),
)


@action(gettext_lazy("Provider described"))
def describe_provider(
    provider: Provider, *, by: User, owners: Sequence[tuple[str, Decimal]] = (), **facts: Any
) -> Provider:
    """Keep the facts of a provider (those of FACTS that are given), and its beneficial owners.

    `owners` are all who hold 25 % or more: name, and share in percent. Raises ValidationError beside
    the field, Refused for shares that come to more than 100 %.
    """
    provider = locked(provider)
    require(may_register_provider, by, provider.country_id)
    return keep_facts(provider, facts, owners)


def keep_facts(
    provider: Provider, facts: Mapping[str, Any], owners: Sequence[tuple[str, Decimal]]
) -> Provider:
    """Write facts and owners of a provider that is locked; see `describe_provider`."""
    for name in FACTS:
        if name in facts:
            setattr(provider, name, facts[name])
    compared(provider)
    provider.full_clean()
    total = sum((share for _name, share in owners), Decimal(0))
    if total > 100:
        raise Refused(
            _("The shares of the owners come to %(total)s %%; together they are at most 100 %%.")
            % {"total": number(total)},
            field="owners",
        )
    with constraints_of(Provider):
        provider.save()
    if [*owners] != [(one.name, one.share) for one in provider.owners.order_by("pk")]:
        provider.owners.all().delete()
        for owner_name, share in owners:
            owner = BeneficialOwner(provider=provider, name=owner_name, share=share)
            owner.clean_fields(exclude=["provider"])
            with constraints_of(BeneficialOwner):
                owner.save()
    return provider


@action(gettext_lazy("Providers told apart"))
def tell_providers_apart(
    provider: Provider, other: Provider, *, reason: str, by: User
) -> DistinctProviders:
    """Keep that two providers that look alike are not the same, and how that is known."""
    # In one order, whichever page they are told apart on.
    if provider.pk < other.pk:
        provider, other = locked(provider), locked(other)
    else:
        other, provider = locked(other), locked(provider)
    require(may_register_provider, by, provider.country_id)
    require_words(reason, _("Say how it is known that they are two."), field="reason")
    if provider.pk == other.pk:
        raise Refused(_("This is one provider."))
    first, second = (provider, other) if provider.pk < other.pk else (other, provider)
    pair = DistinctProviders(one=first, other=second, reason=reason, said_by=by)
    with constraints_of(DistinctProviders):
        pair.save()
    return pair


def compared(provider: Provider) -> None:
    """Set the numbers as they are compared: without blanks, in plain digits and small letters."""
    provider.registration_code = code_form(provider.registration_number)
    provider.vat_code = code_form(provider.vat_number)
