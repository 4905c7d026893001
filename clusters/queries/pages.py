"""The public pages of clusters, and those that wait for a partner."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from clusters.models import (
    Cluster,
    PublicPage,
)
from conduct.queries.scoping import for_system

from .scopes import clusters_visible_to


@for_system("what everybody may read")
def published_pages() -> QuerySet[PublicPage]:
    """The public directory: the approved pages, by name, with country and partner."""
    return (
        PublicPage.objects.filter(state=PublicPage.State.APPROVED)
        .select_related("cluster__country__partner")
        .order_by("name")
    )


def clusters_readable_by(user: User | AnonymousUser) -> QuerySet[Cluster]:
    """The clusters of which the person may read at least the public facts."""
    clusters = Cluster.objects.select_related("country__partner")
    public = Q(pk__in=published_pages().values("cluster"))
    if not isinstance(user, User):
        return clusters.filter(public)
    return clusters.filter(public | Q(pk__in=clusters_visible_to(user).values("pk")))


def published_page(cluster: Cluster) -> PublicPage | None:
    """What the public sees of the cluster now."""
    return cluster.pages.filter(state=PublicPage.State.APPROVED).first()


def waiting_page(cluster: Cluster) -> PublicPage | None:
    """The version on which the country partner has not decided yet."""
    return cluster.pages.filter(state=PublicPage.State.REQUESTED).first()


def latest_page(cluster: Cluster) -> PublicPage | None:
    """The version that was asked for last, whatever became of it."""
    return cluster.pages.select_related("decided_by").order_by("-requested_at", "-pk").first()


def pages_to_decide(user: User) -> QuerySet[PublicPage]:
    """The versions that wait for the person as a country partner, the oldest first."""
    return (
        PublicPage.objects.filter(
            state=PublicPage.State.REQUESTED, cluster__country_id__in=user.officer_countries
        )
        .select_related("cluster__country", "requested_by")
        .order_by("requested_at")
    )


def pages_visible_to(user: User) -> QuerySet[PublicPage]:
    """The versions of the clusters whose private profile the person may read."""
    return PublicPage.objects.filter(cluster__in=clusters_visible_to(user)).select_related(
        "cluster__country__partner", "requested_by", "decided_by"
    )
