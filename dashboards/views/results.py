"""What the public sees of the programme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from clusters.forms.lists import CountryFilter
from clusters.queries import country_choices
from exports.rules.columns import Column, Kind
from lists.forms import ListFilters, several
from lists.views import ListPage, Order
from reports import queries
from vouchers.awards.models import Voucher
from vouchers.calls.forms.lists import CallFilter
from vouchers.calls.queries import call_choices

_BY_CALL = (
    "-award__application__call__opens_at",
    "award__application__country_id",
    # As the application keeps it by trigger: no join to all clusters.
    "award__application__cluster_name",
)


class _ResultFilters(ListFilters):
    """Call and country."""

    call = CallFilter("award__application__call_id")
    country = CountryFilter("award__application__country_id")


class Results(ListPage):
    """Who received a voucher, the latest call first, by country and cluster; for everybody."""

    name = "results"
    title = _("Results")
    template = "dashboards/results.html"
    filter_class = _ResultFilters
    orders: Mapping[str, Order] = {"call": Order(_("Call"), _BY_CALL)}
    columns = (
        Column("call", _("Call"), value=lambda one: str(one.award.application.call), width=36),
        Column("country", _("Country"), value=lambda one: one.award.application.country_id),
        Column(
            "cluster",
            _("Cluster"),
            kind=Kind.TEXT,
            value=lambda one: one.award.application.cluster.name,
        ),
        Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Voucher.State.choices),
        ),
    )

    def records(self) -> QuerySet[Voucher]:
        return queries.supported_vouchers()

    def with_facts(self, records: QuerySet[Voucher]) -> QuerySet[Voucher]:
        return queries.with_public_facts(records)

    def offered(self) -> Mapping[str, Any]:
        return {
            "call": several(call_choices(self.request.user).items()),
            "country": several(country_choices()),
        }


def results(request: HttpRequest) -> HttpResponseBase:
    """Who received a voucher, and what each cluster did with it; for everybody."""
    return Results(request).answer(totals=queries.totals(for_everybody=True))
