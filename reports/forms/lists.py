"""What the lists of reports and of their schedules are narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from clusters.forms.lists import CountryFilter
from lists.forms import ListFilters
from reports.models import PeriodReport, ReportSchedule
from vouchers.calls.forms.lists import CallFilter


class ReportFilters(ListFilters):
    """The kind of report, the call and the country."""

    kind = django_filters.ChoiceFilter(
        label=_("Report"), choices=PeriodReport.Kind.choices, empty_label=_("All reports")
    )
    call = CallFilter()
    country = CountryFilter()


class ScheduleFilters(ReportFilters):
    """The same, how often, and whether the schedule runs."""

    frequency = django_filters.ChoiceFilter(
        label=_("How often"),
        choices=ReportSchedule.Frequency.choices,
        empty_label=_("Monthly and quarterly"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=ReportSchedule.State.choices, empty_label=_("All states")
    )
