"""The list of the applications that are being scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from accounts.permissions import is_auditor, is_coordinator, is_officer
from bulk.panels import offered
from clusters.forms.lists import CountryFilter
from clusters.queries import countries_reached_by
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.views import ListPage, Order
from vouchers.applications.forms.lists import WaitingFilters
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.calls.forms.lists import CallFilter
from vouchers.calls.queries import call_choices
from vouchers.scoring.assessing.queries.assignments import (
    PROGRESS,
    scored_so_far,
    with_numbers,
    with_progress,
)
from vouchers.scoring.assessing.queries.consensus import to_agree_on
from vouchers.scoring.assessing.queries.workload import calls_to_share_out
from vouchers.scoring.rounds.queries import calls_being_scored


class _ScoringFilters(WaitingFilters):
    """Text, call and country, and how far the scoring has come."""

    call = CallFilter()
    country = CountryFilter()
    progress = django_filters.ChoiceFilter(
        label=pgettext_lazy("of scoring", "Progress"),
        choices=PROGRESS,
        empty_label=pgettext_lazy("progress of scoring", "However far"),
        method="with_scores",
    )

    def with_scores(
        self, applications: QuerySet[Application], _name: str, progress: str
    ) -> QuerySet[Application]:
        return with_numbers(applications).filter(scored_so_far(progress))


class ScoringList(ListPage):
    """The eligible applications, and how far their scoring has come."""

    request: PersonRequest

    name = "scoring"
    title = _("Scoring")
    template = "scoring/list.html"
    filter_class = _ScoringFilters
    orders: Mapping[str, Order] = {
        "country": Order(_("Country, then reference"), ("country_id", "reference")),
        "reference": Order(_("Reference"), ("reference",)),
    }
    columns = (
        Column("reference", _("Reference"), kind=Kind.TEXT, value=lambda one: one.reference),
        Column("cluster", _("Cluster"), kind=Kind.TEXT, value=lambda one: one.cluster_name),
        Column("country", _("Country"), value=lambda one: one.country_id),
        Column("call", _("Call"), kind=Kind.TEXT, value=lambda one: str(one.call)),
        Column("assessors", _("Assessors"), value=lambda one: one.assessors_active),
        Column("scored", _("Scored"), value=lambda one: one.assessments_submitted),
        Column("required", _("Assessors required"), value=lambda one: one.call.assessors_required),
    )

    def records(self) -> QuerySet[Application]:
        if not (is_officer | is_coordinator | is_auditor).test(self.request.user):
            raise Http404
        return applications_visible_to(self.request.user).filter(state=Application.State.ELIGIBLE)

    def with_facts(self, records: QuerySet[Application]) -> QuerySet[Application]:
        unsettled = to_agree_on(self.request.user).filter(application=OuterRef("pk"))
        return (
            with_progress(records)
            .annotate(to_agree=Exists(unsettled))
            .select_related("call", "cluster", "country")
        )

    def offered(self) -> Mapping[str, Any]:
        user = self.request.user
        return {
            "call": several(call_choices(user).items()),
            "country": several(countries_reached_by(user).items()),
        }


@login_required
def listing(request: PersonRequest) -> HttpResponseBase:
    """The eligible applications and how far their scoring has come."""
    return ScoringList(request).answer(
        bulk=offered("scoring", request.user, request.GET),
        calls=calls_being_scored(request.user),
        sees_sightings=(is_coordinator | is_auditor).test(request.user),
        to_share=calls_to_share_out(request.user),
    )
