"""The members of a cluster."""

from django.db.models import Count, QuerySet

from clusters.models import (
    Cluster,
    Member,
)


def current_members(cluster: Cluster) -> QuerySet[Member]:
    """Who belongs to the cluster now."""
    return cluster.members.filter(left=None)


def members_by_kind(cluster: Cluster) -> dict[str, int]:
    """How many current members there are of each kind, the most frequent first."""
    counted = current_members(cluster).values_list("kind").annotate(number=Count("pk"))
    return dict(counted.order_by("-number", "kind"))
