"""Clusters as payees: the legal entity and its legal representative, once an award is proposed."""

from __future__ import annotations

import re
from collections.abc import Collection

from clusters.models import Cluster
from conduct.queries.scoping import for_system
from vouchers.screening.kinds import PayeeKind, register_payees

from .models import Decision, Outcome


@for_system("whoever is awarded money is screened, by background work and at the award")
def _names(keys: Collection[int] | None) -> dict[int, list[str]]:
    if keys is None:
        proposed = Decision.objects.filter(outcome__in=[Outcome.AWARD, Outcome.RESERVE])
        clusters = Cluster.objects.filter(pk__in=proposed.values("application__cluster"))
    else:
        clusters = Cluster.objects.filter(pk__in=keys)
    rows = clusters.values_list("pk", "name", "legal_name", "legal_representative", "aliases")
    # Aliases are one a line, as models.enforced.NAMES takes them apart.
    return {
        pk: [*names, *(alias.strip(" ") for alias in re.split(r"[\r\n]+", aliases))]
        for pk, *names, aliases in rows
    }


register_payees(PayeeKind("cluster", Cluster, _names))
