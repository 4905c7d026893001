"""What narrows a list; it lives in the address. What cannot be read narrows nothing, and says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.forms import DayInput
from inputs.queries import with_words

from .panels import ShownFilter, places_of, shown_filter
from .queries import COUNTING, PLACES

# Days of which a list can know something; others are slips, and no clock reaches them.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
SORT = "sort"
# Of an address, what is no filter: the view that is open, the file that is wanted, the place, and
# whether all is counted.
NO_FILTERS = frozenset({"view", "export", COUNTING, *PLACES})


class FilterDay(forms.DateField):
    """A day from which or until which a list is narrowed, in the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        limits = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
        super().__init__(
            **{"widget": DayInput(), "required": False, "validators": limits, **kwargs}
        )


class DaysForm(forms.Form):
    """Two days, of which the first comes first; a list names its fields."""

    first_day = "from"
    last_day = "until"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get(self.first_day), found.get(self.last_day)
        if first and last and last < first:
            self.add_error(self.last_day, _("This day is before the first one."))
        return found


class WordsFilter(django_filters.CharFilter):
    """Every word of a text in one of some columns, in any order, however it is written."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 100, **kwargs})
        self.columns = columns
        self.extra["widget"] = forms.TextInput(attrs={"type": "search", "dir": "auto"})

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return with_words(qs, value, *self.columns) if value else qs


class DayFilter(django_filters.Filter):
    """A day. Whose calendar is meant its list says, in `filter_queryset`; here all is let through."""

    field_class = FilterDay

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:  # noqa: ARG002
        return qs


class _Box(forms.BooleanField):
    """A box that asks for nothing while it is not ticked."""

    def clean(self, value: Any) -> bool | None:
        return super().clean(value) or None


class CheckFilter(django_filters.Filter):
    """A box: where it is ticked, only what `method` lets through."""

    field_class = _Box


def several(choices: Iterable[Any]) -> list[Any] | None:
    """The choices, where there is anything to choose between; None of a single one or none."""
    found = list(choices)
    return found if len(found) > 1 else None


class ListFilters(django_filters.FilterSet):
    """The filters of a list.

    `offered` are the choices of filters that depend on who asks, by name; one for which nothing is
    offered (None) is left away (see `several`). `orders` are the labels of what
    the list can be ordered by; where there are several, the person chooses.
    """

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[Any],
        *,
        request: HttpRequest | None = None,
        offered: Mapping[str, Any] | None = None,
        orders: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, queryset, request=request)
        for name, choices in (offered or {}).items():
            if choices is None:
                del self.filters[name]
            else:
                self.filters[name].extra["choices"] = list(choices)
        if orders and len(orders) > 1:
            self.filters[SORT] = _Order(
                label=pgettext_lazy("of a list", "Order"),
                choices=list(orders.items()),
                empty_label=None,
            )
            self.filters[SORT].parent, self.filters[SORT].model = self, queryset.model

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and can be read, by the name of the field."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def left_out(self) -> list[str]:
        """What the address narrows by that this list cannot read, or does not know (any more), by its
        label: whatever is done with the whole of the list would be done with more than was meant.
        """
        known, unread = self.form.fields, self.form.errors
        # An order that is the only one need not be chosen.
        free = {*NO_FILTERS, *(() if SORT in known else (SORT,))}
        given = (name for name, value in self.data.items() if value.strip() and name not in free)
        lost = [name for name in given if name not in known or name in unread]
        labels = {name: field.label for name, field in (*self.base_filters.items(), *known.items())}
        return [str(labels.get(name) or name) for name in lost]

    @property
    def is_narrowing(self) -> bool:
        """Whether any filter is in use; the order is none."""
        return bool(self.chosen.keys() - {SORT})

    @cached_property
    def shown(self) -> list[ShownFilter]:
        """The fields as the page shows them, with what was typed and what is wrong with it."""
        return [shown_filter(field) for field in self.form]

    @property
    def said(self) -> list[tuple[object, object]]:
        """What was chosen and can be read, in words: the label and the value of each field."""
        return [(field.label, field.words) for field in self.shown if field.name in self.chosen]

    @property
    def problem_places(self) -> str:
        """What htmx renews beside the list: what is wrong with a field, and what paper says."""
        return places_of(self.shown)


class _Order(django_filters.ChoiceFilter):
    """The order is read by the list, and lets everything through."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:  # noqa: ARG002
        return qs
