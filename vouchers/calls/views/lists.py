"""The lists of calls: for everybody, and with their numbers for those who run or watch them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from vouchers.calls import queries
from vouchers.calls.forms.lists import CallFilters
from vouchers.calls.models import Call
from vouchers.calls.permissions import may_manage_calls

from .finding import require_reader


class PublicCalls(ListPage):
    """The calls that are or were open, for everybody."""

    template = "calls/list.html"
    orders: Mapping[str, Order] = {"newest": Order(_("Newest first"), ("-opens_at",))}

    def records(self) -> QuerySet[Call]:
        return queries.calls_visible_to(self.request.user).exclude(state=Call.State.DRAFT)

    def with_facts(self, records: QuerySet[Call]) -> QuerySet[Call]:
        return queries.with_countries(records)


class ManagedCalls(ListPage):
    """Every call with its numbers, for those who run them or watch them."""

    request: PersonRequest

    name = "calls"
    title = _("Calls")
    template = "calls/manage.html"
    filter_class = CallFilters
    orders: Mapping[str, Order] = {
        "newest": Order(pgettext_lazy("calls", "Newest first"), ("-opens_at",)),
        "deadline": Order(_("Latest deadline first"), ("-deadline",)),
    }
    columns = (
        Column("call", _("Call"), kind=Kind.TEXT, value=lambda one: str(one.name)),
        Column("year", _("Year"), value=lambda one: one.year),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Call.State.choices),
        ),
        Column("deadline", _("Deadline (UTC)"), kind=Kind.MOMENT, value=lambda one: one.deadline),
        Column("applications", _("Applications"), value=lambda one: one.sent),
        Column(
            "vouchers",
            _("Vouchers"),
            value=lambda one: sum(quota.vouchers for quota in one.quotas.all()),
        ),
        Column(
            "committed",
            _("Committed (EUR)"),
            kind=Kind.MONEY,
            value=lambda one: Decimal(one.committed),
        ),
        Column("budget", _("Budget (EUR)"), kind=Kind.MONEY, value=lambda one: one.budget),
    )

    def records(self) -> QuerySet[Call]:
        require_reader(self.request)
        return queries.calls_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Call]) -> QuerySet[Call]:
        return queries.with_numbers(records)


def listing(request: HttpRequest) -> HttpResponseBase:
    """Calls that are open now or soon, and earlier ones below."""
    listed = PublicCalls(request)
    current = [call for call in listed.page if not call.is_past_deadline]
    return listed.answer(
        current=current, earlier=[call for call in listed.page if call not in current]
    )


@login_required
def manage(request: PersonRequest) -> HttpResponseBase:
    """Every call with its numbers, for those who run them or watch them."""
    return ManagedCalls(request).answer(may_manage=may_manage_calls.test(request.user))
