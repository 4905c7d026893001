"""Providers as payees: screened are their names in both scripts, and their beneficial owners."""

from __future__ import annotations

from collections.abc import Collection

from conduct.queries.scoping import for_system
from vouchers.screening.kinds import PayeeKind, register_payees

from .models import BeneficialOwner, Provider


@for_system("whoever is paid is screened, by background work and at every step of a payment")
def _names(keys: Collection[int] | None) -> dict[int, list[str]]:
    providers, owners = Provider.objects.all(), BeneficialOwner.objects.all()
    if keys is not None:
        providers, owners = providers.filter(pk__in=keys), owners.filter(provider__in=keys)
    names = {
        pk: [name, own_name]
        for pk, name, own_name in providers.values_list("pk", "name", "own_name")
    }
    for pk, name in owners.values_list("provider", "name"):
        names.setdefault(pk, []).append(name)
    return names


register_payees(PayeeKind("provider", Provider, _names))
