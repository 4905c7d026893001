"""What the history is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.forms.lists import CountryFilter
from conduct.actions import actions_called
from conduct.models import Trace
from conduct.queries.days import end_of, start_of
from dashboards.history.kinds import GATHERING, kinds_of
from dashboards.history.queries.traces import MOST_PEOPLE, people_called, with_reference
from lists.forms import DayFilter, DaysForm, ListFilters
from vouchers.calls.forms.lists import CallFilter

# As many branches a page has at most; more are found by one read of all.
_MOST_BRANCHES = 40
_PEOPLE, _LINK, _PORTAL, _NOBODY, _MACHINE = "people", "link", "portal", "nobody", "machine"

# As the index of what was decided says it, and what else nobody decides. What no action did is among
# it: nothing else is to be seen sooner.
_DECIDED = Q(is_step=False) & ~Q(action=GATHERING)
# Each begins at an index of its own.
_STEPS = (Q(is_step=True), Q(action=GATHERING))
_DOERS = {
    _PEOPLE: _DECIDED & Q(person__isnull=False),
    _LINK: _DECIDED & Q(by_link=True),
    _PORTAL: _DECIDED & Q(person__isnull=True, by_link=False) & ~Q(action=""),
    _NOBODY: Q(is_step=False, action=""),
    # A letter takes several steps, and a message several attempts: who looks for those asks for them.
    _MACHINE: _STEPS[0] | _STEPS[1],
}


def _search(label: object) -> django_filters.CharFilter:
    widget = forms.TextInput(attrs={"type": "search", "dir": "auto"})
    return django_filters.CharFilter(label=label, max_length=100, widget=widget)


class _HistoryForm(DaysForm):
    first_day, last_day = "done_from", "done_until"

    def clean_person(self) -> str:
        """What was typed, unless it names more people than a search can tell apart."""
        text = self.cleaned_data.get("person") or ""
        self.people = people_called(text) if text.strip() else None
        if self.people is not None and len(self.people) > MOST_PEOPLE:
            self.people = None
            raise ValidationError(
                _("More than %(number)s people match this search. Please write more of the name."),
                params={"number": MOST_PEOPLE},
            )
        return text


class HistoryFilters(ListFilters):
    """Who did it, what was done, to which record, of which call and country, and when."""

    person = _search(_("Name or e-mail"))
    by = django_filters.ChoiceFilter(
        label=pgettext_lazy("history", "Done by"),
        choices=[
            (_PEOPLE, _("people with an account")),
            (_LINK, _("people with a personal link")),
            (_PORTAL, _("the portal by itself")),
            (_NOBODY, _("without an action: by hand in the database, or by a program")),
            (_MACHINE, _("workers: letters made, messages sent")),
        ],
        empty_label=pgettext_lazy("history", "Anybody"),
    )
    action = _search(pgettext_lazy("history", "What was done"))
    kind = django_filters.ChoiceFilter(
        label=_("Kind of record"), empty_label=_("All kinds"), choices=[]
    )
    reference = _search(_("Reference"))
    call = CallFilter("call")
    country = CountryFilter("country")
    done_from = DayFilter(label=pgettext_lazy("history", "From"))
    done_until = DayFilter(label=pgettext_lazy("history", "Until"))

    # What is shown where nobody is asked for.
    at_first = _DECIDED

    class Meta:
        form = _HistoryForm

    def filter_queryset(self, queryset: QuerySet[Trace]) -> QuerySet[Trace]:
        chosen = self.form.cleaned_data
        found = queryset
        for name, values in self._listed().items():
            found = found.filter(**{f"{name}__in": values})
        # Whoever asks for an action by its name finds it, whoever conducts it.
        at_first = Q() if chosen.get("action", "").strip() else self.at_first
        found = found.filter(_DOERS.get(chosen.get("by"), at_first))
        if text := chosen.get("reference", "").strip():
            found = with_reference(found, text, self.request.user)
        if chosen.get("call"):
            found = found.filter(call=chosen["call"])
        if chosen.get("country"):
            found = found.filter(country=chosen["country"])
        zone = get_current_timezone()
        if chosen.get("done_from"):
            found = found.filter(at__gte=start_of(chosen["done_from"], zone))
        if chosen.get("done_until"):
            found = found.filter(at__lt=end_of(chosen["done_until"], zone) + timedelta(seconds=1))
        return found

    def branches(self) -> Sequence[QuerySet[Trace]]:
        """The traces in parts of one person, action or kind each, whose union is what was asked for."""
        self.form.is_valid()
        for name, values in self._listed().items():
            if len(values) <= _MOST_BRANCHES:
                return [self.qs.filter(**{name: value}) for value in values]
        if self.form.cleaned_data.get("by") == _MACHINE:
            return [self.qs.filter(steps) for steps in _STEPS]
        return [self.qs]

    def _listed(self) -> dict[str, Sequence[Any]]:
        """What is one of several values of a column: people, actions and kinds."""
        chosen, found = self.form.cleaned_data, {}
        people = getattr(self.form, "people", None)
        if chosen.get("person") and people is not None:
            found["person"] = people
        if text := chosen.get("action", "").strip():
            found["action"] = actions_called(text)
        if chosen.get("kind"):
            found["kind"] = kinds_of()[chosen["kind"]]
        return found


class RecordFilters(HistoryFilters):
    """The same of one record: few enough that the steps of workers stand among them."""

    at_first = Q()
