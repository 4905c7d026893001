"""All records of one kind of work: what a number on a desk leads to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.middleware import PersonRequest
from dashboards.queries.waiting import WaitingRecord
from dashboards.queries.worklist import kind_called
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order


class WorkList(ListPage):
    """Every record of a kind of work, in the order in which it is best done."""

    request: PersonRequest

    name = "work"
    template = "dashboards/work.html"
    size = 30

    def __init__(self, request: PersonRequest, kind: str) -> None:
        super().__init__(request)
        found = kind_called(request.user, kind)
        if found is None:
            raise Http404
        self.kind = found

    @property
    def title(self) -> object:  # type: ignore[override]
        """What waits, with how many: the heading of the page."""
        return self.kind.text

    @property
    def orders(self) -> Mapping[str, Order]:  # type: ignore[override]
        return {"waiting": Order(_("Longest waiting first"), self.kind.order(self.request.user))}

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        shown = self._shown
        return (
            Column("what", _("What waits"), kind=Kind.TEXT, value=lambda one: shown(one).label),
            Column("since", _("Since"), kind=Kind.DAY, value=lambda one: shown(one).since),
            Column(
                "amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: shown(one).amount
            ),
        )

    def records(self) -> QuerySet[Any]:
        return self.kind.read(self.request.user)

    def with_facts(self, records: QuerySet[Any]) -> QuerySet[Any]:
        # What names a record is read with it.
        return self.records().filter(pk__in=records.values("pk"))

    def rows(self) -> list[WaitingRecord]:
        return [self._shown(one) for one in self.page]

    def _shown(self, record: Any) -> WaitingRecord:
        return self.kind.shown(record, self._since)

    @cached_property
    def _since(self) -> str:
        return self.kind.waits_since(self.request.user)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "kind": self.kind, "has_amount": bool(self.kind.amount)}


@login_required
def work(request: PersonRequest, work: str) -> HttpResponseBase:
    """Every record of a kind of work that waits for the person; 404 where they have no such work."""
    return WorkList(request, work).answer()
