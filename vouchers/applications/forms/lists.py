"""What a list of applications is narrowed to and how it is ordered, read from its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.models import Country
from conduct.forms.filtering import FilterDay
from conduct.queries.days import start_of
from inputs.queries import MOST_WORDS
from inputs.rules.folding import folded
from inputs.rules.marks import plain_line
from vouchers.applications.models import Application

# A whole reference is looked up at once; any part of one is searched for.
_REFERENCE = re.compile(r"[A-Z0-9]+-\d{4}-[A-Z]{2}-\d{4,}", re.IGNORECASE)


class ListFilter(forms.Form):
    """The filters of the list. What cannot be read narrows nothing, and says so beside the field."""

    ORDERS: ClassVar = {
        "newest": "-submitted_at",
        "oldest": "submitted_at",
        "reference": "reference",
        "cluster": "cluster_name",
    }
    STATES: ClassVar = frozenset(Application.State.values) - {Application.State.DRAFT}

    text = forms.CharField(
        label=_("Reference or cluster"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    call = forms.TypedChoiceField(label=_("Call"), required=False, coerce=int, empty_value=None)
    country = forms.ChoiceField(label=_("Country"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("All languages")), *settings.LANGUAGES],
    )
    sent_from = FilterDay(label=_("Sent from"))
    sent_until = FilterDay(label=_("Sent until"))
    sort = forms.ChoiceField(
        label=pgettext_lazy("of a list", "Order"),
        required=False,
        choices=[
            ("newest", _("Newest first")),
            ("oldest", _("Oldest first")),
            ("reference", _("Reference")),
            ("cluster", _("Name of the cluster")),
        ],
    )

    def __init__(
        self, *args: Any, calls: Mapping[int, str], countries: Mapping[str, Country], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.calls, self.countries = calls, countries
        self._offer("call", _("All calls"), calls.items())
        names = [(code, str(country)) for code, country in countries.items()]
        self._offer("country", _("All countries"), names)
        states = [choice for choice in Application.State.choices if choice[0] in self.STATES]
        self._offer("state", _("All states"), states)
        if len(countries) < 2:
            del self.fields["country"]

    def _offer(self, name: str, all_of_them: Any, choices: Any) -> None:
        self.fields[name].choices = [("", all_of_them), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("sent_from"), found.get("sent_until")
        if first and last and last < first:
            self.add_error("sent_until", _("This day is before the first one."))
        return found

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and can be read, by the name of the field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_narrowing(self) -> bool:
        """Whether any filter is in use; the order is none."""
        return bool(self.chosen.keys() - {"sort"})

    @property
    def order(self) -> str:
        """The field by which the list is ordered, '-' for descending."""
        return self.ORDERS[self.chosen.get("sort", "newest")]

    def narrowed(self, applications: QuerySet[Application]) -> QuerySet[Application]:
        """Those of `applications` that every filter lets through."""
        chosen = self.chosen
        for name in ("call", "country", "state", "language"):
            if name in chosen:
                column = f"{name}_id" if name in ("call", "country") else name
                applications = applications.filter(**{column: chosen[name]})
        applications = _sent_between(
            applications,
            chosen.get("sent_from"),
            chosen.get("sent_until"),
            self.countries.values(),
        )
        return with_text(applications, chosen.get("text", ""))


class OwnFilter(ListFilter):
    """The filters of one's own applications: drafts are among them, and there are few."""

    ORDERS: ClassVar = {
        "newest": "-started_at",
        "oldest": "started_at",
        "cluster": "cluster_name",
    }
    STATES: ClassVar = frozenset(Application.State.values)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("country", "language", "sent_from", "sent_until"):
            self.fields.pop(name, None)
        choices = self.fields["sort"].choices  # type: ignore[attr-defined]
        self.fields["sort"].choices = [  # type: ignore[attr-defined]
            choice for choice in choices if choice[0] in self.ORDERS
        ]


def with_text(applications: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Those with every word of `text` in the reference or the cluster's name, in any order."""
    plain = plain_line(text)
    if _REFERENCE.fullmatch(plain):
        return applications.filter(reference=plain.upper())
    # Kept folded by the database, so that its index serves.
    for word in folded(text).split()[:MOST_WORDS]:
        applications = applications.filter(searched__contains=word)
    return applications


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
