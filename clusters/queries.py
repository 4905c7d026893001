"""Reads of clusters, scoped to who asks."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import Role, User
from accounts.permissions import sees_all_countries
from accounts.queries import people_holding

from . import nace
from .models import Cluster, Country, CountryPartner, Representative, RepresentativeLevel


def clusters_visible_to(user: User | AnonymousUser) -> QuerySet[Cluster]:
    """The clusters whose private profile the person may read, with their country."""
    clusters = Cluster.objects.select_related("country")
    if not isinstance(user, User):
        return clusters.none()
    if sees_all_countries.test(user):
        return clusters
    return clusters.filter(
        Q(country_id__in=user.officer_countries)
        | Q(pk__in=Representative.objects.filter(user=user).values("cluster"))
    )


def listed_clusters() -> QuerySet[Cluster]:
    """The public directory: clusters that chose to be shown."""
    return Cluster.objects.filter(listed=True).select_related("country__partner")


def clusters_readable_by(user: User | AnonymousUser) -> QuerySet[Cluster]:
    """The clusters of which the person may read at least the public facts."""
    clusters = Cluster.objects.select_related("country__partner")
    if not isinstance(user, User):
        return clusters.filter(listed=True)
    return clusters.filter(Q(listed=True) | Q(pk__in=clusters_visible_to(user).values("pk")))


def matching(
    clusters: QuerySet[Cluster],
    *,
    text: str = "",
    section: str = "",
    country: Country | None = None,
) -> QuerySet[Cluster]:
    """Those with `text` in a name or the sector, active in a NACE section, in `country`."""
    if text:
        clusters = clusters.filter(
            Q(name__icontains=text) | Q(aliases__icontains=text) | Q(sector__icontains=text)
        )
    if section:
        clusters = clusters.filter(nace_codes__overlap=nace.within(section))
    if country:
        clusters = clusters.filter(country=country)
    return clusters


def representatives_of(cluster: Cluster) -> QuerySet[Representative]:
    """Who acts for the cluster, by name."""
    return cluster.representatives.select_related("user").order_by("user__full_name")


def clusters_of(user: User) -> QuerySet[Cluster]:
    """The clusters for which the person acts."""
    return Cluster.objects.filter(representatives__user=user).select_related("country")


def partners_by_country() -> QuerySet[CountryPartner]:
    """Every country partner with its country, in the order of the ISO codes."""
    return CountryPartner.objects.select_related("country").order_by("country_id")


def writers_for(cluster: Cluster) -> QuerySet[User]:
    """Who is told about the cluster's business: its managers and editors."""
    return User.objects.filter(
        is_active=True,
        representations__cluster=cluster,
        representations__level__in=[RepresentativeLevel.MANAGER, RepresentativeLevel.EDITOR],
    )


def officers_for(country_code: str) -> QuerySet[User]:
    """The country-partner officers who are told about business in a country."""
    return people_holding(Role.OFFICER, country_code)


def country_choices() -> list[tuple[str, str]]:
    """ISO code and name of every country of the programme, for lists to choose from."""
    return [(country.code, str(country)) for country in Country.objects.all()]
