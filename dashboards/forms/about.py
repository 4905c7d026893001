"""What a page of figures is about: a call or all, a country or all, and on some a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.models import Country
from lists.forms import DaysForm, FilterDay
from lists.panels import ShownFilter, places_of, shown_filter
from vouchers.calls.models import Call


class AboutForm(DaysForm):
    """Call and country; what leaves nothing to choose is left away."""

    first_day, last_day = "since", "until"

    call = forms.ChoiceField(label=_("Call"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    since = FilterDay(label=pgettext_lazy("of a period", "From"))
    until = FilterDay(label=pgettext_lazy("of a period", "Until"))

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        calls: Sequence[Call],
        countries: Mapping[str, Country],
        has_period: bool = False,
    ) -> None:
        super().__init__(data)
        self._offer("call", [("", _("All calls")), *((one.slug, str(one)) for one in calls)])
        self._offer(
            "country",
            [("", _("All countries")), *((one.code, str(one)) for one in countries.values())],
        )
        if not has_period:
            del self.fields["since"], self.fields["until"]

    def _offer(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        # All of them, and more than one of them.
        if len(choices) > 2:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    @cached_property
    def shown(self) -> list[ShownFilter]:
        """The fields as lists show their filters."""
        return [shown_filter(field) for field in self]

    @property
    def problem_places(self) -> str:
        """What htmx renews beside the list: what is wrong with a field, and what paper says."""
        return places_of(self.shown)

    @property
    def said(self) -> list[tuple[object, object]]:
        """What was chosen and can be read, in words; all calls or all countries need no word."""
        chosen = {name for name, value in self.cleaned_data.items() if value}
        return [(field.label, field.words) for field in self.shown if field.name in chosen]
