"""What a list of applications is narrowed to, read from its address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clusters.forms.lists import CountryFilter
from clusters.models import Country
from conduct.queries.days import start_of
from lists.forms import DayFilter, ListFilters, WordsFilter
from vouchers.applications.models import Application
from vouchers.applications.queries import with_text
from vouchers.calls.forms.lists import CallFilter

SENT_STATES = [one for one in Application.State.choices if one[0] != Application.State.DRAFT]


class _ApplicationWords(WordsFilter):
    """Text in the reference or the cluster's name, which the database keeps folded."""

    def filter(self, qs: QuerySet[Application], value: str) -> QuerySet[Application]:
        return with_text(qs, value)


class WaitingFilters(ListFilters):
    """Text, for lists of applications that wait for somebody."""

    text = _ApplicationWords(label=_("Reference or cluster"))


class OwnFilters(WaitingFilters):
    """The filters of one's own applications: drafts are among them, and there are few."""

    call = CallFilter()
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Application.State.choices, empty_label=_("All states")
    )


class _SentForm(forms.Form):
    """Two days, of which the first comes first."""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("sent_from"), found.get("sent_until")
        if first and last and last < first:
            self.add_error("sent_until", _("This day is before the first one."))
        return found


class SentFilters(WaitingFilters):
    """The filters of sent applications."""

    call = CallFilter()
    country = CountryFilter()
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=SENT_STATES, empty_label=_("All states")
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, empty_label=_("All languages")
    )
    sent_from = DayFilter(label=_("Sent from"))
    sent_until = DayFilter(label=_("Sent until"))
    # Those on whose calendars the days are meant.
    countries: Iterable[Country] = ()

    class Meta:
        form = _SentForm

    def filter_queryset(self, queryset: QuerySet[Application]) -> QuerySet[Application]:
        found = super().filter_queryset(queryset)
        days = self.form.cleaned_data
        return _sent_between(found, days.get("sent_from"), days.get("sent_until"), self.countries)


def _sent_between(
    applications: QuerySet[Application],
    first: date | None,
    last: date | None,
    countries: Iterable[Country],
) -> QuerySet[Application]:
    """Those sent on these days, each by the calendar of its own country."""
    if first is None and last is None:
        return applications
    sent = Q()
    zones: dict[ZoneInfo, list[str]] = {}
    for country in countries:
        zones.setdefault(country.zone, []).append(country.code)
    for zone, codes in zones.items():
        there = Q(country__in=codes)
        if first:
            there &= Q(submitted_at__gte=start_of(first, zone))
        if last:
            there &= Q(submitted_at__lt=start_of(last + timedelta(days=1), zone))
        sent |= there
    return applications.filter(sent)
