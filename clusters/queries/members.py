"""The members of a cluster."""

from django.db.models import Count, QuerySet

from clusters.models import (
    Cluster,
    Member,
)
from inputs.queries import with_words


def current_members(cluster: Cluster) -> QuerySet[Member]:
    """Who belongs to the cluster now."""
    return cluster.members.filter(left=None)


def members_matching(
    members: QuerySet[Member], *, text: str = "", kind: str = "", standing: str = ""
) -> QuerySet[Member]:
    """Those with `text` in name or town, of a kind; `current` ones, those who `left`, or all."""
    if text:
        members = with_words(members, text, "name", "town")
    if kind:
        members = members.filter(kind=kind)
    if standing == "left":
        return members.exclude(left=None)
    if standing == "all":
        return members
    return members.filter(left=None)


def members_by_kind(cluster: Cluster) -> dict[str, int]:
    """How many current members there are of each kind, the most frequent first."""
    counted = current_members(cluster).values_list("kind").annotate(number=Count("pk"))
    return dict(counted.order_by("-number", "kind"))
