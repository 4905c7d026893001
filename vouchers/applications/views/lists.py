"""The lists of applications, narrowed and ordered by their address, and the same as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from accounts.permissions import is_auditor, is_coordinator, is_officer
from clusters.models import Country
from vouchers.applications import queries
from vouchers.applications.forms.lists import ListFilter, OwnFilter
from vouchers.applications.models import Application
from vouchers.applications.queries.paging import Window, edge_in, window
from vouchers.calls.queries import call_choices

from .exports import as_csv

ROWS = 20
# What a row shows and no more; calls and countries are named by the choices of the filters.
_SHOWN = (
    "reference",
    "cluster_name",
    "country_id",
    "call_id",
    "state",
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
    state: str
    state_label: str
    sent: datetime | None


@login_required
def sent(request: HttpRequest) -> HttpResponse:
    """Sent applications, for the staff that may read them."""
    return _page(request, "applications/list.html", *_sent(request))


@login_required
def export_sent(request: HttpRequest) -> StreamingHttpResponse:
    """Every row of that list, as it is filtered and ordered."""
    return as_csv(*_sent(request))


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The applications of the clusters for which the person acts."""
    return _page(request, "applications/mine.html", *_mine(request))


@login_required
def export_mine(request: HttpRequest) -> StreamingHttpResponse:
    """Every row of that list, as it is filtered and ordered."""
    return as_csv(*_mine(request))


def _sent(request: HttpRequest) -> tuple[ListFilter, QuerySet[Application]]:
    user = request.user
    if not (is_officer | is_coordinator | is_auditor).test(user):
        raise Http404
    countries = _countries()
    if not (is_coordinator | is_auditor).test(user):
        countries = {code: countries[code] for code in sorted(user.officer_countries)}
    filters = ListFilter(request.GET, calls=call_choices(user), countries=countries)
    return filters, queries.applications_open_to_role(user)


def _countries() -> dict[str, Country]:
    return {country.code: country for country in Country.objects.all()}


def _mine(request: HttpRequest) -> tuple[ListFilter, QuerySet[Application]]:
    user = request.user
    filters = OwnFilter(request.GET, calls=call_choices(user), countries=_countries())
    return filters, queries.applications_of(user).select_related(None)


def _page(
    request: HttpRequest,
    template: str,
    filters: ListFilter,
    applications: QuerySet[Application],
) -> HttpResponse:
    page = window(
        filters.narrowed(applications).only(*_SHOWN),
        filters.order,
        edge_in(request.GET),
        among=applications,
        size=ROWS,
    )
    context = {
        "filters": filters,
        "page": page,
        "rows": _rows(page, filters),
        "zone": request.user.time_zone,
    }
    return render(request, template, context)


def _rows(page: Window, filters: ListFilter) -> list[ListedApplication]:
    states: dict[str, Any] = dict(Application.State.choices)
    return [
        ListedApplication(
            url=application.get_absolute_url(),
            reference=application.reference or "",
            cluster=application.cluster_name,
            call=filters.calls.get(application.call_id, ""),
            country=filters.countries.get(application.country_id, ""),
            state=application.state,
            state_label=states[application.state],
            sent=application.submitted_at,
        )
        for application in page.rows
    ]
