"""The list of what accepted final reports say was reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from clusters.forms.lists import CountryFilter
from clusters.queries import countries_reached_by
from dashboards.queries.indicators import indicators_visible_to, is_reached
from exports.rules.columns import Column, Kind
from lists.forms import ListFilters, WordsFilter, several
from lists.views import ListPage, Order
from vouchers.applications.queries import in_application
from vouchers.assistance.reports.models import ReportedIndicator
from vouchers.calls.forms.lists import CallFilter
from vouchers.calls.queries import call_choices

_VOUCHER = "version__report__voucher"
_APPLICATION = f"{_VOUCHER}__award__application"


class IndicatorFilters(ListFilters):
    """Text in indicator or cluster; call, country, and whether the target was reached."""

    text = WordsFilter("name", in_application(_APPLICATION), label=_("Indicator or cluster"))
    call = CallFilter(f"{_APPLICATION}__call_id")
    country = CountryFilter(f"{_APPLICATION}__country_id")
    reached = django_filters.ChoiceFilter(
        label=pgettext_lazy("indicators", "Target"),
        choices=[
            ("yes", pgettext_lazy("indicators", "reached")),
            ("no", pgettext_lazy("indicators", "not reached")),
        ],
        empty_label=pgettext_lazy("indicators", "Reached or not"),
        method="with_target",
    )

    def with_target(
        self, indicators: QuerySet[ReportedIndicator], _name: str, reached: str
    ) -> QuerySet[ReportedIndicator]:
        return indicators.filter(is_reached() if reached == "yes" else ~is_reached())


def _application(one: ReportedIndicator) -> Any:
    return one.version.report.voucher.award.application


class IndicatorList(ListPage):
    """The indicators of accepted final reports, of the vouchers that the person may read."""

    request: PersonRequest

    name = "indicators"
    title = _("Indicators")
    template = "dashboards/indicators.html"
    filter_class = IndicatorFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-version__submitted_at", "position")),
    }
    columns = (
        Column(
            "voucher", _("Voucher"), kind=Kind.TEXT, value=lambda one: _application(one).reference
        ),
        Column(
            "cluster",
            _("Cluster"),
            kind=Kind.TEXT,
            value=lambda one: _application(one).cluster_name,
        ),
        Column("country", _("Country"), value=lambda one: _application(one).country_id),
        Column("indicator", _("Indicator"), kind=Kind.TEXT, value=lambda one: one.name),
        Column("unit", _("Unit"), kind=Kind.TEXT, value=lambda one: one.unit),
        Column("baseline", _("Before"), kind=Kind.NUMBER, value=lambda one: one.baseline),
        Column("target", _("Target"), kind=Kind.NUMBER, value=lambda one: one.target),
        Column("value", _("Reached"), kind=Kind.NUMBER, value=lambda one: one.value),
    )

    def records(self) -> QuerySet[ReportedIndicator]:
        return indicators_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[ReportedIndicator]) -> QuerySet[ReportedIndicator]:
        return records.select_related(f"{_APPLICATION}__cluster", f"{_APPLICATION}__country")

    def offered(self) -> Mapping[str, Any]:
        user = self.request.user
        return {
            "call": several(call_choices(user).items()),
            "country": several(countries_reached_by(user).items()),
        }


@login_required
def indicators(request: PersonRequest) -> HttpResponseBase:
    """What was reached of the expected results, by the filters in the address."""
    return IndicatorList(request).answer()
