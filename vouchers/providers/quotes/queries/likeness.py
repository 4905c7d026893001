"""Whether a provider that is asked is of the cluster itself: its members, its board, its people."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from clusters.models import Cluster, Member
from clusters.queries import representatives_of
from vouchers.awards.models import Voucher
from vouchers.providers.quotes.rules.likeness import most_like


def resembles_somebody_of(voucher: Voucher, names: Sequence[str], email: str) -> str:
    """Who of the cluster is called like one of the `names`, or has the e-mail address; else empty."""
    cluster = voucher.award.application.cluster
    people: list[User] = [one.user for one in representatives_of(cluster)]
    for person in people:
        if person.email.casefold() == email.strip().casefold():
            return str(person)
    return most_like(names, [*_names_of(cluster), *(person.full_name for person in people)])


def _names_of(cluster: Cluster) -> list[str]:
    members = Member.objects.filter(cluster=cluster, left=None).values_list("name", flat=True)
    own = [cluster.name, cluster.legal_name, cluster.legal_representative, *cluster.aliases]
    return [name for name in [*own, *members] if name]
