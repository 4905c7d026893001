"""The lists of applications, narrowed and ordered by their address, and the same as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.middleware import PersonRequest
from accounts.permissions import is_auditor, is_coordinator, is_officer
from clusters.models import Country
from clusters.queries import countries_reached_by
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.views import CSV, ListPage, Order
from vouchers.applications import queries
from vouchers.applications.forms.lists import OwnFilters, SentFilters
from vouchers.applications.models import Application
from vouchers.calls.queries import call_choices

_STATES = dict(Application.State.choices)
# What a row shows and no more; calls and countries are named by the choices of the filters.
_SHOWN = (
    "reference",
    "cluster_name",
    "country_id",
    "call_id",
    "state",
    "language",
    "started_at",
    "submitted_at",
)


@dataclass(frozen=True)
class ListedApplication:
    """One application as the lists show it, ready for a template that computes nothing."""

    url: str
    reference: str
    cluster: str
    call: str
    country: str
    state: Application.State
    sent: datetime | None


class _Applications(ListPage):
    """What the two lists of applications have in common."""

    request: PersonRequest

    name = "applications"
    title = _("Applications")

    @cached_property
    def calls(self) -> dict[int, str]:
        return call_choices(self.request.user)

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Those whose applications may be in the list."""
        raise NotImplementedError

    @property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        # Whoever reads the file by program relies on names and order: add at the end, never change.
        return (
            Column("reference", _("Reference"), kind=Kind.TEXT, value=lambda one: one.reference),
            Column(
                "call", _("Call"), kind=Kind.TEXT, value=lambda one: self.calls.get(one.call_id, "")
            ),
            Column("cluster", _("Cluster"), kind=Kind.TEXT, value=lambda one: one.cluster_name),
            Column(
                "country",
                _("Country"),
                kind=Kind.STATE,
                value=lambda one: one.country_id,
                words=self.countries,
            ),
            Column(
                "language",
                _("Language"),
                kind=Kind.STATE,
                value=lambda one: one.language,
                words=dict(settings.LANGUAGES),
            ),
            Column(
                "state", _("State"), kind=Kind.STATE, value=lambda one: one.state, words=_STATES
            ),
            Column(
                "sent_at", _("Sent (UTC)"), kind=Kind.MOMENT, value=lambda one: one.submitted_at
            ),
        )

    def with_facts(self, records: QuerySet[Application]) -> QuerySet[Application]:
        return records.only(*_SHOWN)

    def offered(self) -> Mapping[str, Any]:
        return {"call": self.calls.items()}

    def rows(self) -> list[ListedApplication]:
        return [
            ListedApplication(
                url=one.get_absolute_url(),
                reference=one.reference or "",
                cluster=one.cluster_name,
                call=self.calls.get(one.call_id, ""),
                country=str(self.countries.get(one.country_id, "")),
                state=Application.State(one.state),
                sent=one.submitted_at,
            )
            for one in self.page
        ]

    def context(self) -> dict[str, Any]:
        return {**super().context(), "zone": self.request.user.time_zone}


class SentList(_Applications):
    """Sent applications, for the staff that may read them."""

    home = "applications:list"
    counts_after = True
    template = "applications/list.html"
    filter_class = SentFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-submitted_at",)),
        "oldest": Order(_("Oldest first"), ("submitted_at",)),
        "reference": Order(_("Reference"), ("reference",)),
        "cluster": Order(_("Name of the cluster"), ("cluster_name",)),
    }

    def records(self) -> QuerySet[Application]:
        if not (is_officer | is_coordinator | is_auditor).test(self.request.user):
            raise Http404
        return queries.applications_open_to_role(self.request.user)

    @cached_property
    def filters(self) -> SentFilters:
        filters = super().filters
        filters.countries = self.countries.values()
        return filters

    def offered(self) -> Mapping[str, Any]:
        return {**super().offered(), "country": several(self.countries.items())}

    @cached_property
    def countries(self) -> dict[str, Country]:
        return countries_reached_by(self.request.user)


class OwnList(_Applications):
    """The applications of the clusters for which the person acts."""

    home = "applications:mine"
    template = "applications/mine.html"
    filter_class = OwnFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-started_at",)),
        "oldest": Order(_("Oldest first"), ("started_at",)),
        "cluster": Order(_("Name of the cluster"), ("cluster_name",)),
    }

    def records(self) -> QuerySet[Application]:
        return queries.applications_of(self.request.user).select_related(None)

    @cached_property
    def countries(self) -> dict[str, Country]:
        return Country.objects.in_bulk()


@login_required
def sent(request: PersonRequest) -> HttpResponseBase:
    """Sent applications, for the staff that may read them."""
    return SentList(request).answer()


@login_required
def export_sent(request: PersonRequest) -> HttpResponseBase:
    """Every row of that list, as it is filtered and ordered."""
    return SentList(request).export(request.GET.get("export", CSV))


@login_required
def mine(request: PersonRequest) -> HttpResponseBase:
    """The applications of the clusters for which the person acts."""
    return OwnList(request).answer()


@login_required
def export_mine(request: PersonRequest) -> HttpResponseBase:
    """Every row of that list, as it is filtered and ordered."""
    return OwnList(request).export(request.GET.get("export", CSV))
