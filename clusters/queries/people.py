"""Who acts for a cluster, and who looks after a country."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.models import (
    Cluster,
    Representative,
    RepresentativeInvitation,
    RepresentativeLevel,
)
from conduct.queries.scoping import for_system


def managers_of(cluster: Cluster) -> QuerySet[User]:
    """The people who may bind the cluster."""
    return User.objects.filter(
        is_active=True,
        representations__cluster=cluster,
        representations__level=RepresentativeLevel.MANAGER,
    )


def standing_invitations(cluster: Cluster) -> QuerySet[RepresentativeInvitation]:
    """Invitations that nobody has answered, expired ones too, the newest first."""
    return (
        cluster.invitations.filter(accepted_at=None, withdrawn_at=None)
        .select_related("invited_by")
        .order_by("-invited_at")
    )


def representatives_of(cluster: Cluster) -> QuerySet[Representative]:
    """Who acts for the cluster, by name."""
    return cluster.representatives.select_related("user").order_by("user__full_name")


def writers_for(cluster: Cluster) -> QuerySet[User]:
    """Who is told about the cluster's business: its managers and editors."""
    return User.objects.filter(
        is_active=True,
        representations__cluster=cluster,
        representations__level__in=[RepresentativeLevel.MANAGER, RepresentativeLevel.EDITOR],
    )


@for_system("who is told of a decision about each cluster, whoever decides")
def writers_of(clusters: Iterable[int]) -> dict[int, list[User]]:
    """Of each of the clusters (by their ids): who is told about its business; one query."""
    told: dict[int, list[User]] = {cluster: [] for cluster in clusters}
    representatives = Representative.objects.filter(
        cluster__in=told,
        user__is_active=True,
        level__in=[RepresentativeLevel.MANAGER, RepresentativeLevel.EDITOR],
    )
    for found in representatives.select_related("user").order_by("user"):
        told[found.cluster_id].append(found.user)
    return told


def clusters_edited_by(user: User) -> set[int]:
    """The keys of the clusters for which the person may write; one query."""
    own = Representative.objects.filter(
        user=user, level__in=[RepresentativeLevel.MANAGER, RepresentativeLevel.EDITOR]
    )
    return set(own.values_list("cluster", flat=True))


def officers_for(country_code: str) -> QuerySet[User]:
    """The country-partner officers who are told about business in a country."""
    return people_holding(Role.OFFICER, country_code)


def obstacle_to_role(person: User) -> str:
    """Why the person cannot hold a role because of a cluster; empty where nothing stands against it.

    Whoever acts for an applicant would read its rivals (settings.ROLE_OBSTACLES).
    """
    clusters = Cluster.objects.filter(representatives__user=person).order_by("name")
    names = ", ".join(str(cluster) for cluster in clusters)
    if not names:
        return ""
    return _("%(person)s acts for %(clusters)s. Nobody who represents a cluster holds a role.") % {
        "person": person,
        "clusters": names,
    }


@for_system("whoever holds the secret of the link was invited by it")
def invitation_with(token: str) -> RepresentativeInvitation | None:
    """The invitation whose link bears the token."""
    offers = RepresentativeInvitation.objects.select_related("invited_by", "cluster")
    return offers.filter(token=token).first()
