"""What a provider sends by its own link about itself, and the officer's word on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from notices.actions import notify_each
from vouchers.providers.models import Provider, ProviderLink, ProviderUpdate
from vouchers.providers.permissions import may_register_provider, speaks_for

from .facts import FACTS, keep_facts

OWNERS = "owners"
_MONEY = ("rate_from", "rate_to")


@action(gettext_lazy("Update of a provider sent"))
def send_update(
    provider: Provider,
    *,
    facts: Mapping[str, Any],
    owners: Sequence[tuple[str, Decimal]],
    by: ProviderLink,
) -> ProviderUpdate:
    """Keep what the provider wrote about itself for its country partner; one sent before is replaced.

    `facts` are all of FACTS, `owners` as in `describe_provider`; only what differs is kept. Raises
    Refused where nothing does.
    """
    provider = locked(provider)
    link = locked(by)
    require(speaks_for, link, provider)
    standing = standing_facts(provider)
    told = {**{name: _kept(facts[name]) for name in FACTS}, OWNERS: _owners(owners)}
    changed = {name: value for name, value in told.items() if value != standing[name]}
    if not changed:
        raise Refused(_("Nothing is different from what the register says."))
    for earlier in provider.updates.filter(state=ProviderUpdate.State.WAITING):
        move(earlier, ProviderUpdate.State.REPLACED)
        earlier.save()
    update = ProviderUpdate(
        provider=provider,
        link=link,
        facts=changed,
        was={name: standing[name] for name in changed},
    )
    with constraints_of(ProviderUpdate):
        update.save()
    notify_each(
        people_holding(Role.OFFICER, provider.country_id),
        "provider-update",
        facts={"provider": provider.name},
        about=provider,
    )
    return update


@action(gettext_lazy("Update of a provider taken over"))
def take_update_over(update: ProviderUpdate, *, by: User) -> Provider:
    """Write into the register what the provider sent; raises what `describe_provider` does."""
    update = locked(update)
    provider = update.provider
    require(may_register_provider, by, provider.country_id)
    require_state(update, ProviderUpdate.State.WAITING)
    told = standing_facts(provider) | update.facts
    for name in _MONEY:
        told[name] = Decimal(told[name]) if told[name] else None
    owners = [(name, Decimal(share)) for name, share in told.pop(OWNERS)]
    keep_facts(provider, told, owners)
    _decide(update, ProviderUpdate.State.TAKEN_OVER, by)
    return provider


@action(gettext_lazy("Update of a provider not taken over"))
def return_update(update: ProviderUpdate, *, reason: str, by: User) -> ProviderUpdate:
    """Leave the register as it is; the provider reads the `reason` on its own page."""
    update = locked(update)
    require(may_register_provider, by, update.provider.country_id)
    require_state(update, ProviderUpdate.State.WAITING)
    require_words(reason, _("Say why you do not take it over."), field="reason")
    update.reason = reason.strip()
    _decide(update, ProviderUpdate.State.RETURNED, by)
    return update


def standing_facts(provider: Provider) -> dict[str, Any]:
    """What the register says of a provider, as an update keeps it."""
    told = {name: _kept(getattr(provider, name)) for name in FACTS}
    told[OWNERS] = _owners([(one.name, one.share) for one in provider.owners.order_by("pk")])
    return told


def _decide(update: ProviderUpdate, state: str, by: User) -> None:
    move(update, state)
    update.decided_by, update.decided_at = by, timezone.now()
    update.save()


def _kept(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value if value is not None else ""


def _owners(owners: Sequence[tuple[str, Decimal]]) -> list[list[str]]:
    return [[name, f"{share:.2f}"] for name, share in owners]
