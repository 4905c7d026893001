"""The history of all rooms as a list, that of one record, and the page of one action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.middleware import PersonRequest
from accounts.permissions import is_auditor
from clusters.queries import countries_reached_by
from conduct.models import Trace
from dashboards.history.forms import HistoryFilters, RecordFilters
from dashboards.history.kinds import FAMILIES, FOLLOWING, OF_ACCOUNTS, model_of
from dashboards.history.permissions import may_search_history
from dashboards.history.queries.deeds import (
    Deed,
    Heads,
    ToldTrace,
    deed_of,
    deeds_at,
    heads_of,
    label_in,
    told_of,
)
from dashboards.history.queries.pages import NEWEST, counted, in_order, page_of
from dashboards.history.queries.traces import first_of_records, of_records, traces_visible_to
from dashboards.history.wording import lines_of
from exports.rules.columns import Column, Kind, Table
from lists.forms import several
from lists.queries import Edge, Window, edge_in, window
from lists.views import ListPage, Order
from vouchers.calls.queries import call_choices

_CHUNK = 500
_RECORDS = 25


class HistoryList(ListPage):
    """What was done, the newest first: one row an action, one line of the export each record of it."""

    request: PersonRequest

    name = "history"
    title = _("History")
    template = "history/list.html"
    filter_class = HistoryFilters
    orders: Mapping[str, Order] = {"newest": Order(_("Newest first"), NEWEST)}
    # There are a million rows, of which several make one deed.
    may_count_all = False
    columns = (
        Column("at", pgettext_lazy("history", "When (UTC)"), kind=Kind.MOMENT),
        Column("who", pgettext_lazy("history", "Who"), kind=Kind.TEXT),
        Column("email", _("E-mail address"), kind=Kind.TEXT),
        Column("action", pgettext_lazy("history", "What was done"), width=40),
        Column("record", pgettext_lazy("history", "Record"), kind=Kind.TEXT, width=40),
        Column("reference", _("Reference"), kind=Kind.TEXT),
        Column("cluster", _("Cluster"), kind=Kind.TEXT),
        Column("country", _("Country")),
        Column("changes", pgettext_lazy("history", "Changes"), kind=Kind.TEXT, width=60),
        Column("why", pgettext_lazy("history", "Why"), kind=Kind.TEXT, width=40),
        Column("together", pgettext_lazy("history", "Records at one press"), kind=Kind.NUMBER),
        Column("key", pgettext_lazy("history", "Number of the action"), kind=Kind.TEXT),
    )

    def records(self) -> QuerySet[Trace]:
        if not may_search_history.test(self.request.user):
            raise Http404
        return traces_visible_to(self.request.user)

    def offered(self) -> Mapping[str, Any]:
        user = self.request.user
        if not is_auditor.test(user):
            kinds = [(name, FAMILIES[name].label) for name in OF_ACCOUNTS]
            return {"kind": kinds, "call": None, "country": None, "reference": None}
        return {
            "kind": [(name, family.label) for name, family in FAMILIES.items()],
            "call": several(call_choices(user).items()),
            "country": several(countries_reached_by(user).items()),
        }

    @cached_property
    def page(self) -> Window:
        """The page that the address names."""
        edge = edge_in(self.request.GET)
        filters = cast(HistoryFilters, self.filters)
        branches = filters.branches()
        found = page_of(
            branches, edge if isinstance(edge, Edge) else None, self.readable, self.size
        )
        deeds = deeds_at(found.keys, filters.qs, self.request.user)
        return Window(deeds, found.before, found.after, counted(branches))

    def table(self, most: int | None = None) -> Table:
        """Each record that the actions of the list touched, in a line; or so many lines at `most`."""
        return Table(self.name, self.columns, islice(self._lines(), most))

    def _lines(self) -> Iterator[Sequence[Any]]:
        for traces in in_order(self.filters.qs, _CHUNK):
            told = told_of(traces, self.request.user)
            heads = heads_of({trace.deed for trace in traces}, self.request.user)
            for trace in traces:
                yield _line(trace, told[trace.pk], heads)


class RecordHistory(HistoryList):
    """What was done to one record."""

    filter_class = RecordFilters

    def __init__(self, request: PersonRequest, kind: str, record: str) -> None:
        super().__init__(request)
        self.kind, self.record = kind, record

    def records(self) -> QuerySet[Trace]:
        return super().records().filter(kind=self.kind, record=self.record)

    def offered(self) -> Mapping[str, Any]:
        """A record has one kind, call and country."""
        return dict.fromkeys(("kind", "reference", "call", "country"))

    def context(self) -> dict[str, Any]:
        deeds: Sequence[Deed] = self.page.rows
        about = deeds[0].told[0] if deeds else None
        kind = model_of(self.kind)._meta.verbose_name
        return {**super().context(), "about": about, "kind": kind}


def _line(trace: Trace, told: ToldTrace, heads: Heads) -> Sequence[Any]:
    who = heads.who(heads.metadata.get(trace.deed, {}))
    nobody = pgettext("history", "not known") if trace.is_unnamed else gettext("the portal")
    return (
        trace.at,
        str(who or nobody),
        getattr(who, "email", "") or "",
        label_in(told),
        " · ".join(part for part in (told.kind, told.name) if part),
        told.reference,
        told.cluster,
        trace.country or "",
        "; ".join(lines_of(told.changes)),
        heads.why(trace.deed),
        heads.together(trace.deed) or None,
        str(trace.deed),
    )


@login_required
def history(request: PersonRequest) -> HttpResponseBase:
    """What was done in all rooms, the newest first."""
    return HistoryList(request).answer()


@login_required
def history_of(request: PersonRequest, model: str, record: str) -> HttpResponseBase:
    """What was done to one record. Http404 where there is no such kind of record."""
    if model_of(model) is None:
        raise Http404
    return RecordHistory(request, model, record).answer()


@login_required
@require_GET
def deed(request: PersonRequest, deed_id: UUID) -> HttpResponse:
    """Everything that one action changed, as far as the person may read it, record by record."""
    traces = traces_visible_to(request.user).filter(deed=deed_id)
    records = first_of_records(traces)
    page = window(records, ("pk",), edge_in(request.GET), among=records, size=_RECORDS)
    if not page.rows:
        raise Http404
    events = of_records(traces, page.rows)
    told = told_of(events, request.user, linked=True)
    telling = sorted(events, key=lambda trace: trace.kind in FOLLOWING)
    found = deed_of(telling[0], [told[trace.pk] for trace in telling], request.user)
    return render(request, "history/deed.html", {"deed": found, "page": page})
