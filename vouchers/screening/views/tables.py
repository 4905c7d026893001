"""The lists of sanctions lists, of screenings and of likenesses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.middleware import PersonRequest
from exports.rules.columns import Column, Kind
from jobs.models import MadeJob
from lists.views import ListPage, Order
from vouchers.screening.forms import HitFilters, SanctionsListFilters, ScreeningFilters
from vouchers.screening.models import SanctionsHit, SanctionsList, Screening
from vouchers.screening.permissions import may_read_screenings
from vouchers.screening.queries.lists import (
    UNDECIDED,
    hits_visible_to,
    lists_visible_to,
    screenings_visible_to,
)


class _OfReaders(ListPage):
    request: PersonRequest

    def __init__(self, request: Any) -> None:
        if not may_read_screenings.test(request.user):
            raise Http404
        super().__init__(request)


class SanctionsListTable(_OfReaders):
    """Every list that was uploaded."""

    name = "sanctions-lists"
    title = _("Lists of sanctions")
    template = "screening/lists.html"
    filter_class = SanctionsListFilters
    orders: Mapping[str, Order] = {"newest": Order(_("Newest first"), ("-uploaded_at",))}
    columns = (
        Column("listed_on", _("Day of the list"), kind=Kind.DAY, value=lambda one: one.listed_on),
        Column("file", _("File"), kind=Kind.TEXT, value=lambda one: one.name),
        Column("sha256", _("SHA-256"), kind=Kind.TEXT, value=lambda one: one.sha256),
        Column("entities", _("Entries"), kind=Kind.NUMBER, value=lambda one: one.entities),
        Column("names", _("Names"), kind=Kind.NUMBER, value=lambda one: one.names),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(MadeJob.State.choices),
        ),
        Column(
            "uploaded_by", _("Uploaded by"), kind=Kind.TEXT, value=lambda one: str(one.uploaded_by)
        ),
        Column(
            "uploaded_at", _("Uploaded (UTC)"), kind=Kind.MOMENT, value=lambda one: one.uploaded_at
        ),
        Column(
            "in_force_at",
            _("Put in force (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.in_force_at,
        ),
    )

    def records(self) -> QuerySet[SanctionsList]:
        return lists_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[SanctionsList]) -> QuerySet[SanctionsList]:
        return records.select_related("uploaded_by", "in_force_by")


class ScreeningTable(_OfReaders):
    """Every screening, those that ended too."""

    name = "screenings"
    title = _("Screenings")
    template = "screening/screenings.html"
    filter_class = ScreeningFilters
    orders: Mapping[str, Order] = {"newest": Order(_("Newest first"), ("-screened_at",))}
    columns = (
        Column("payee", _("Payee"), kind=Kind.TEXT, value=lambda one: str(one.payee)),
        Column(
            "list",
            _("Day of the list"),
            kind=Kind.DAY,
            value=lambda one: one.sanctions_list.listed_on,
        ),
        Column("names", _("Names"), kind=Kind.TEXT, value=lambda one: " | ".join(one.names)),
        Column("threshold", _("Threshold"), kind=Kind.NUMBER, value=lambda one: one.threshold),
        Column("likenesses", _("Likenesses"), kind=Kind.NUMBER, value=lambda one: one.found),
        Column("undecided", _("To be decided"), kind=Kind.NUMBER, value=lambda one: one.undecided),
        Column(
            "screened_at", _("Screened (UTC)"), kind=Kind.MOMENT, value=lambda one: one.screened_at
        ),
        Column("ended_at", _("Ended (UTC)"), kind=Kind.MOMENT, value=lambda one: one.ended_at),
    )

    def records(self) -> QuerySet[Screening]:
        return screenings_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Screening]) -> QuerySet[Screening]:
        return records.select_related("provider", "cluster", "sanctions_list").annotate(
            found=Count("hits"),
            undecided=Count("hits", filter=Q(hits__state__in=UNDECIDED)),
            same=Count("hits", filter=Q(hits__state=SanctionsHit.State.SAME)),
        )


class HitTable(_OfReaders):
    """Every likeness that was found."""

    name = "likenesses"
    title = _("Likenesses")
    template = "screening/hits.html"
    filter_class = HitFilters
    orders: Mapping[str, Order] = {
        "strongest": Order(_("Strongest first"), ("-score",)),
        "newest": Order(_("Newest first"), ("-screening__screened_at",)),
    }
    columns = (
        Column("name", _("Name"), kind=Kind.TEXT, value=lambda one: one.name),
        Column("payee", _("Payee"), kind=Kind.TEXT, value=lambda one: str(one.screening.payee)),
        Column("listed", _("Name on the list"), kind=Kind.TEXT, value=lambda one: one.alias.name),
        Column(
            "reference", _("EU reference"), kind=Kind.TEXT, value=lambda one: one.entity.reference
        ),
        Column("programme", _("Programme"), kind=Kind.TEXT, value=lambda one: one.entity.programme),
        Column("score", _("Likeness"), kind=Kind.NUMBER, value=lambda one: one.score),
        Column(
            "by",
            _("Compared"),
            kind=Kind.STATE,
            value=lambda one: one.compared_by,
            words=dict(SanctionsHit.By.choices),
        ),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(SanctionsHit.State.choices),
        ),
        Column(
            "screened_at",
            _("Screened (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.screening.screened_at,
        ),
    )

    def records(self) -> QuerySet[SanctionsHit]:
        return hits_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[SanctionsHit]) -> QuerySet[SanctionsHit]:
        return records.select_related(
            "screening__provider", "screening__cluster", "alias", "entity"
        )
