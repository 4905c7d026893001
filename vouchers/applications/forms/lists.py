"""What a list of applications is narrowed to, read from its address."""

from __future__ import annotations

from collections.abc import Iterable

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.forms.lists import CountryFilter
from clusters.models import Country
from lists.forms import DayFilter, DaysForm, ListFilters, WordsFilter
from vouchers.applications.models import Application
from vouchers.applications.queries import with_text
from vouchers.applications.queries.reached import STEPS, having_reached, sent_between
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


class _SentForm(DaysForm):
    first_day, last_day = "sent_from", "sent_until"


class SentFilters(WaitingFilters):
    """The filters of sent applications."""

    call = CallFilter()
    country = CountryFilter()
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=SENT_STATES, empty_label=_("All states")
    )
    reached = django_filters.ChoiceFilter(
        label=_("Stage reached"),
        choices=STEPS,
        empty_label=pgettext_lazy("how far applications came", "Any"),
        method="come_as_far",
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

    def come_as_far(
        self, applications: QuerySet[Application], _name: str, step: str
    ) -> QuerySet[Application]:
        """Those that came as far as a step, wherever they are now."""
        return applications.filter(having_reached(step))

    def filter_queryset(self, queryset: QuerySet[Application]) -> QuerySet[Application]:
        found = super().filter_queryset(queryset)
        days = self.form.cleaned_data
        return sent_between(found, days.get("sent_from"), days.get("sent_until"), self.countries)
