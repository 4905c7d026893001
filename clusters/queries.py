"""Reads of clusters, scoped to who asks."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.permissions import sees_all_countries
from accounts.queries import people_holding
from inputs.searching import with_words

from . import nace
from .models import (
    BankAccount,
    Cluster,
    Country,
    Member,
    PublicPage,
    Representative,
    RepresentativeInvitation,
    RepresentativeLevel,
)


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


def matching(
    pages: QuerySet[PublicPage],
    *,
    text: str = "",
    section: str = "",
    country: Country | None = None,
) -> QuerySet[PublicPage]:
    """Those with `text` in a name or the sector, active in a NACE section, in `country`."""
    if text:
        pages = with_words(pages, text, "name", "aliases", "sector")
    if section:
        pages = pages.filter(nace_codes__overlap=nace.within(section))
    if country:
        pages = pages.filter(cluster__country=country)
    return pages


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


def current_account(cluster: Cluster) -> BankAccount | None:
    """The bank account of the cluster as it is now."""
    return (
        cluster.bank_accounts.filter(replaced_at=None)
        .select_related("entered_by", "verified_by")
        .first()
    )


def clusters_sharing_account(cluster: Cluster) -> QuerySet[Cluster]:
    """Other clusters that have, or had, an account of this one; a hint, never a verdict."""
    own = cluster.bank_accounts.values("account")
    return (
        Cluster.objects.filter(bank_accounts__account__in=own)
        .exclude(pk=cluster.pk)
        .select_related("country")
        .distinct()
    )


def names_of_clusters() -> dict[int, list[str]]:
    """Every name under which each cluster is known: name, legal name, other names; one query."""
    return {
        cluster.pk: [
            name for name in (cluster.name, cluster.legal_name, *cluster.alias_list) if name
        ]
        for cluster in Cluster.objects.only("pk", "name", "legal_name", "aliases")
    }


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


def clusters_of(user: User) -> QuerySet[Cluster]:
    """The clusters for which the person acts."""
    return Cluster.objects.filter(representatives__user=user).select_related("country")


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


def country_choices() -> list[tuple[str, str]]:
    """ISO code and name of every country of the programme, for lists to choose from."""
    return [(country.code, str(country)) for country in Country.objects.all()]
