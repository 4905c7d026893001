"""The list of what is reported by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from clusters.queries import countries_reached_by
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.views import ListPage, Order
from reports.forms import ScheduleFilters
from reports.models import PeriodReport, ReportSchedule
from reports.permissions import may_read_some_schedule, may_set_some_schedule
from reports.queries import next_periods, schedules_visible_to, with_dates
from reports.rules.schedules import DuePeriod
from vouchers.calls.queries import call_choices


@dataclass(frozen=True)
class ListedSchedule:
    """A schedule with the next period that falls due by it, if any does."""

    schedule: ReportSchedule
    next: DuePeriod | None


def _next_of(schedule: ReportSchedule) -> DuePeriod | None:
    return next(iter(next_periods(schedule, 1)), None)


class ScheduleList(ListPage):
    """The schedules that the person may read, with when each report falls due next."""

    request: PersonRequest

    name = "report-schedules"
    title = _("Reports on a schedule")
    template = "reports/schedules/list.html"
    filter_class = ScheduleFilters
    orders: Mapping[str, Order] = {
        "newest": Order(pgettext_lazy("schedules", "Newest first"), ("-set_at", "-pk")),
        "call": Order(_("By call"), ("-call__year", "call__slug", "-pk")),
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
            "frequency",
            _("How often"),
            kind=Kind.STATE,
            value=lambda one: one.frequency,
            words=dict(ReportSchedule.Frequency.choices),
        ),
        Column(
            "due_day",
            _("Day of the month after the period"),
            kind=Kind.NUMBER,
            value=lambda one: one.due_day,
        ),
        Column(
            "starts_on",
            pgettext_lazy("a schedule", "From"),
            kind=Kind.DAY,
            value=lambda one: one.starts_on,
        ),
        Column(
            "ends_on",
            pgettext_lazy("a schedule", "Until"),
            kind=Kind.DAY,
            value=lambda one: one.ends_on,
        ),
        Column(
            "next",
            _("Next"),
            kind=Kind.DAY,
            value=lambda one: getattr(_next_of(one), "due_on", None),
        ),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(ReportSchedule.State.choices),
        ),
        Column("set_by", _("By"), kind=Kind.TEXT, value=lambda one: str(one.set_by)),
    )

    def records(self) -> QuerySet[ReportSchedule]:
        if not may_read_some_schedule.test(self.request.user):
            raise Http404
        return schedules_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[ReportSchedule]) -> QuerySet[ReportSchedule]:
        return with_dates(records.select_related("call", "country", "set_by"))

    def offered(self) -> Mapping[str, Any]:
        user = self.request.user
        return {
            "call": several(call_choices(user).items()),
            "country": several(countries_reached_by(user).items()),
        }

    def rows(self) -> Sequence[ListedSchedule]:
        return [ListedSchedule(one, _next_of(one)) for one in self.page.rows]

    def context(self) -> dict[str, Any]:
        may_set = may_set_some_schedule.test(self.request.user)
        return {**super().context(), "may_set": may_set}


@login_required
@require_safe
def schedule_list(request: PersonRequest) -> HttpResponseBase:
    """The schedules of reports."""
    return ScheduleList(request).answer()
