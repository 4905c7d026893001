"""The directory of clusters, and the members of one, as lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from accounts.permissions import is_officer
from clusters import queries
from clusters.forms.lists import DirectoryFilters, MemberFilters
from clusters.models import Cluster, Member, MemberKind, MemberSize, PublicPage
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order

from .sections import section_page


class Directory(ListPage):
    """The clusters whose page is published, for everybody."""

    name = "clusters"
    title = _("Directory of clusters")
    template = "clusters/directory.html"
    filter_class = DirectoryFilters
    orders: Mapping[str, Order] = {"name": Order(_("Name"), ("name",))}
    columns = (
        Column("name", _("Name"), value=lambda one: one.name, width=36),
        Column("country", _("Country"), value=lambda one: one.cluster.country_id),
        Column("sector", _("Sector"), kind=Kind.TEXT, value=lambda one: one.sector),
        Column("nace", _("Activity by NACE"), value=lambda one: one.nace_codes),
    )

    def records(self) -> QuerySet[PublicPage]:
        return queries.published_pages()

    def with_facts(self, records: QuerySet[PublicPage]) -> QuerySet[PublicPage]:
        return records.select_related("cluster__country__partner")

    def offered(self) -> Mapping[str, Any]:
        return {"country": queries.country_choices()}


class MemberList(ListPage):
    """Who belongs to a cluster, and who did, within the pages of its profile."""

    name = "members"
    title = _("Members")
    template = "clusters/members.html"
    filter_class = MemberFilters
    size = 50
    orders: Mapping[str, Order] = {
        "name": Order(_("Name"), ("name",)),
        "joined": Order(
            pgettext_lazy("members of a cluster", "Year of joining"), ("joined", "name")
        ),
    }
    columns = (
        Column("name", _("Name"), value=lambda one: one.name, width=36),
        Column(
            "kind",
            _("Kind"),
            kind=Kind.STATE,
            value=lambda one: one.kind,
            words=dict(MemberKind.choices),
        ),
        Column(
            "size",
            _("Size"),
            kind=Kind.STATE,
            value=lambda one: one.size,
            words=dict(MemberSize.choices),
        ),
        Column("town", _("Town"), kind=Kind.TEXT, value=lambda one: one.town),
        Column("joined", pgettext_lazy("year of a member", "Joined"), value=lambda one: one.joined),
        Column("left", pgettext_lazy("year of a member", "Left"), value=lambda one: one.left),
    )

    def __init__(self, request: HttpRequest, cluster: Cluster) -> None:
        super().__init__(request)
        self.cluster = cluster

    def records(self) -> QuerySet[Member]:
        return self.cluster.members.all()

    def shown(self, context: dict[str, Any]) -> HttpResponse:
        return section_page(self.request, self.cluster, self.template, context)


class WaitingPages(ListPage):
    """The public pages on which a country partner has to decide, the longest waiting first."""

    request: PersonRequest

    template = "clusters/waiting_pages.html"
    orders: Mapping[str, Order] = {"oldest": Order(_("Oldest first"), ("requested_at",))}

    def records(self) -> QuerySet[PublicPage]:
        if not is_officer(self.request.user):
            raise Http404
        return queries.pages_to_decide(self.request.user)

    def with_facts(self, records: QuerySet[PublicPage]) -> QuerySet[PublicPage]:
        return records.select_related("cluster__country", "requested_by")
