"""The list of the reports of periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from clusters.queries import countries_reached_by
from documents.models import Document
from documents.queries import documents_about
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.views import ListPage, Order
from reports.forms import ReportFilters
from reports.models import PeriodReport
from reports.permissions import (
    may_issue_some_financial_report,
    may_issue_some_progress_report,
    may_read_some_report,
    may_read_some_schedule,
)
from reports.queries import period_reports_visible_to
from vouchers.calls.queries import call_choices


@dataclass(frozen=True)
class ListedReport:
    """A report with the documents that hold today, in the portal's languages."""

    report: PeriodReport
    documents: Sequence[Document]

    @property
    def for_reader(self) -> Document | None:
        """The document in the reader's language, or the first."""
        spoken = [one for one in self.documents if one.language == get_language()]
        return next(iter([*spoken, *self.documents]), None)


class ReportList(ListPage):
    """Each report of a period that the person may read, with its files."""

    request: PersonRequest

    name = "reports"
    title = _("Reports")
    template = "reports/list.html"
    filter_class = ReportFilters
    orders: Mapping[str, Order] = {
        "newest": Order(pgettext_lazy("reports", "Newest first"), ("-made_at", "-pk")),
        "period": Order(_("Latest period first"), ("-last", "-first", "-pk")),
    }
    columns = (
        Column(
            "report",
            _("Report"),
            kind=Kind.STATE,
            value=lambda one: one.kind,
            words=dict(PeriodReport.Kind.choices),
        ),
        Column("call", _("Call"), kind=Kind.TEXT, value=lambda one: one.call.reference),
        Column("country", _("Country"), value=lambda one: one.country_id or ""),
        Column(
            "first", pgettext_lazy("a period", "From"), kind=Kind.DAY, value=lambda one: one.first
        ),
        Column(
            "last", pgettext_lazy("a period", "Until"), kind=Kind.DAY, value=lambda one: one.last
        ),
        Column("made_at", _("First issued (UTC)"), kind=Kind.MOMENT, value=lambda one: one.made_at),
        Column("made_by", _("By"), kind=Kind.TEXT, value=lambda one: str(one.made_by)),
    )

    def records(self) -> QuerySet[PeriodReport]:
        if not may_read_some_report.test(self.request.user):
            raise Http404
        return period_reports_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[PeriodReport]) -> QuerySet[PeriodReport]:
        return records.select_related("call", "country", "made_by")

    def offered(self) -> Mapping[str, Any]:
        user = self.request.user
        return {
            "call": several(call_choices(user).items()),
            "country": several(countries_reached_by(user).items()),
        }

    def rows(self) -> Sequence[ListedReport]:
        about: dict[str, list[Document]] = defaultdict(list)
        found = documents_about(*self.page.rows).filter(validity=Document.Validity.CURRENT)
        for document in found:
            about[document.object_id].append(document)
        return [
            ListedReport(report, sorted(about[str(report.pk)], key=_place))
            for report in self.page.rows
        ]

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return {
            **super().context(),
            "may_issue_financial": may_issue_some_financial_report.test(user),
            "may_issue_progress": may_issue_some_progress_report.test(user),
            "may_read_schedules": may_read_some_schedule.test(user),
        }


def _place(document: Document) -> int:
    """Where the language of a document stands among the portal's."""
    return [code for code, _name in settings.LANGUAGES].index(document.language)


@login_required
@require_safe
def report_list(request: PersonRequest) -> HttpResponseBase:
    """The reports of periods."""
    return ReportList(request).answer()
