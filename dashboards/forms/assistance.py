"""What the lists of milestones and of sessions are narrowed to, over all vouchers."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.forms.lists import CountryFilter
from dashboards.queries.assistance import MILESTONES, SESSIONS, milestones_that, sessions_that
from lists.forms import DayFilter, DaysForm, ListFilters, WordsFilter
from vouchers.applications.queries import in_application
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.models import Milestone
from vouchers.calls.forms.lists import CallFilter


class _DueForm(DaysForm):
    first_day, last_day = "due_from", "due_until"


class _HeldForm(DaysForm):
    first_day, last_day = "held_from", "held_until"


class _Between(DayFilter):
    """A day at one side of a period, on the calendar that the record itself keeps."""

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": value}) if value else qs


class MilestoneFilters(ListFilters):
    """Text in title, voucher or cluster; call, country, how far it has come and when it is due."""

    text = WordsFilter(
        *("title", in_application("plan__voucher__award__application")),
        label=_("Milestone, voucher or cluster"),
    )
    call = CallFilter("plan__voucher__award__application__call_id")
    country = CountryFilter("plan__voucher__award__application__country_id")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=MILESTONES, empty_label=_("All states"), method="in_state"
    )
    due_from = _Between("due_on", "gte", label=pgettext_lazy("of milestones", "Due from"))
    due_until = _Between("due_on", "lte", label=pgettext_lazy("of milestones", "Due until"))

    class Meta:
        form = _DueForm

    def in_state(
        self, milestones: QuerySet[Milestone], _name: str, which: str
    ) -> QuerySet[Milestone]:
        return milestones.filter(milestones_that(which))


class AllSessionFilters(ListFilters):
    """Text in expert, activity or cluster; call, country, state, and when it was held."""

    text = WordsFilter(
        *("expert_name", "activity", "milestone__title"),
        in_application("voucher__award__application"),
        label=_("Expert, activity or cluster"),
    )
    call = CallFilter("voucher__award__application__call_id")
    country = CountryFilter("voucher__award__application__country_id")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[*SESSIONS, *Session.State.choices],
        empty_label=_("All states"),
        method="in_state",
    )
    held_from = _Between("day", "gte", label=pgettext_lazy("of sessions", "Held from"))
    held_until = _Between("day", "lte", label=pgettext_lazy("of sessions", "Held until"))

    class Meta:
        form = _HeldForm

    def in_state(self, sessions: QuerySet[Session], _name: str, which: str) -> QuerySet[Session]:
        return sessions.filter(sessions_that(which))
