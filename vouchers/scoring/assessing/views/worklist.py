"""What an assessor was asked to score."""

from __future__ import annotations

from collections.abc import Mapping

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from lists.forms import ListFilters
from lists.views import ListPage, Order
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.queries.worklist import (
    WORKLIST_ORDER,
    calls_to_score_offline,
    progress_by_call,
    with_done,
    worklist_of,
)

TO_DO, DONE = "to-do", "done"


class _WorkFilters(ListFilters):
    """What is to be done, or what is done."""

    what = django_filters.ChoiceFilter(
        choices=[(TO_DO, _("To do")), (DONE, pgettext_lazy("assessments", "Done"))],
        method="with_state",
    )

    def with_state(
        self, assignments: QuerySet[Assignment], _name: str, what: str
    ) -> QuerySet[Assignment]:
        scored = Q(state=Assignment.State.SCORED)
        return assignments.filter(scored if what == DONE else ~scored)


class Worklist(ListPage):
    """What the person was asked to score."""

    request: PersonRequest

    template = "scoring/mine.html"
    filter_class = _WorkFilters
    orders: Mapping[str, Order] = {
        "due": Order(pgettext_lazy("day by which to score", "Due"), WORKLIST_ORDER)
    }

    def records(self) -> QuerySet[Assignment]:
        return worklist_of(self.request.user)

    def with_facts(self, records: QuerySet[Assignment]) -> QuerySet[Assignment]:
        return with_done(
            records.select_related("assessment", "application__cluster", "application__country")
        )


@login_required
def mine(request: PersonRequest) -> HttpResponseBase:
    """What the person was asked to score: all of it, or what is to be done, or what is done."""
    listed = Worklist(request)
    return listed.answer(
        what=listed.filters.chosen.get("what", ""),
        progress=progress_by_call(request.user),
        now=timezone.now(),
        calls_offline=calls_to_score_offline(request.user),
    )
