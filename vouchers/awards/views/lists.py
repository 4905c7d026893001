"""The list of selections."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.middleware import PersonRequest
from lists.views import ListPage, Order
from vouchers.awards import queries
from vouchers.awards.models import SelectionRound
from vouchers.awards.permissions import may_propose_selection, may_read_selection


class RoundList(ListPage):
    """Every selection that the person may read."""

    request: PersonRequest

    template = "awards/rounds.html"
    orders: Mapping[str, Order] = {"newest": Order(_("Newest first"), ("-proposed_at",))}

    def records(self) -> QuerySet[SelectionRound]:
        if not may_read_selection.test(self.request.user):
            raise Http404
        return queries.rounds_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[SelectionRound]) -> QuerySet[SelectionRound]:
        return records.select_related("call", "proposed_by", "decided_by")


@login_required
def rounds(request: PersonRequest) -> HttpResponseBase:
    """Every selection, and the calls that wait for one."""
    person = request.user
    calls = queries.calls_to_decide(person) if may_propose_selection.test(person) else []
    return RoundList(request).answer(calls=calls)
