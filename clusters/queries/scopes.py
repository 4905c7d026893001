"""Who reads which clusters, and by which names clusters are known."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import sees_all_countries
from clusters.models import (
    Cluster,
    Representative,
)
from conduct.queries.once import read_once
from conduct.queries.scoping import for_system


def clusters_visible_to(user: User | AnonymousUser) -> QuerySet[Cluster]:
    """The clusters whose private profile the person may read, with their country."""
    clusters = Cluster.objects.select_related("country")
    if not isinstance(user, User):
        return clusters.none()
    if sees_all_countries.test(user):
        return clusters
    return clusters.filter(
        Q(country_id__in=user.officer_countries) | Q(pk__in=represented_by(user))
    )


@read_once
def represented_by(user: User) -> QuerySet[Any]:
    """The keys of the clusters for which the person acts, for conditions (`…cluster__in`)."""
    return Representative.objects.filter(user=user).values_list("cluster", flat=True)


def clusters_of(user: User) -> QuerySet[Cluster]:
    """The clusters for which the person acts."""
    return Cluster.objects.filter(representatives__user=user).select_related("country")


@for_system("names are compared with those of everybody")
def names_of_clusters() -> dict[int, list[str]]:
    """Every name under which each cluster is known: name, legal name, other names; one query."""
    return {
        cluster.pk: [
            name for name in (cluster.name, cluster.legal_name, *cluster.alias_list) if name
        ]
        for cluster in Cluster.objects.only("pk", "name", "legal_name", "aliases")
    }
