"""The list of what an officer has still to check."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.middleware import PersonRequest
from accounts.permissions import is_officer
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from vouchers.applications.forms.lists import WaitingFilters
from vouchers.applications.models import Application
from vouchers.eligibility import queries

# So many of those that are being asked stand below the list.
ASKED = 20


class WaitingList(ListPage):
    """The applications that an officer has still to check."""

    request: PersonRequest

    name = "applications-to-check"
    title = _("Applications to check")
    template = "eligibility/waiting.html"
    filter_class = WaitingFilters
    orders: Mapping[str, Order] = {
        "oldest": Order(_("Oldest first"), ("submitted_at",)),
        "newest": Order(_("Newest first"), ("-submitted_at",)),
    }
    columns = (
        Column("reference", _("Reference"), kind=Kind.TEXT, value=lambda one: one.reference),
        Column("cluster", _("Cluster"), kind=Kind.TEXT, value=lambda one: one.cluster_name),
        Column("country", _("Country"), value=lambda one: one.country_id),
        Column("call", _("Call"), kind=Kind.TEXT, value=lambda one: str(one.call)),
        Column("sent_at", _("Sent (UTC)"), kind=Kind.MOMENT, value=lambda one: one.submitted_at),
    )

    def records(self) -> QuerySet[Application]:
        if not is_officer.test(self.request.user):
            raise Http404
        return queries.waiting_for(self.request.user)

    def with_facts(self, records: QuerySet[Application]) -> QuerySet[Application]:
        return records.select_related("call", "cluster")


@login_required
def waiting(request: PersonRequest) -> HttpResponseBase:
    """The applications that an officer has still to check, and whose clusters are being asked."""
    listed = WaitingList(request)
    return listed.answer(asked=queries.being_asked(request.user)[:ASKED])
