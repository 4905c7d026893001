"""What lists of calls, and of what belongs to one, are narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from lists.forms import ListFilters
from vouchers.calls.models import Call


class CallFilter(django_filters.ChoiceFilter):
    """The call of a record, of those that the page offers, as `call_choices` does."""

    def __init__(self, field_name: str = "call_id") -> None:
        super().__init__(field_name=field_name, label=_("Call"), empty_label=_("All calls"))


class CallFilters(ListFilters):
    """The state of a call."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Call.State.choices, empty_label=_("All states")
    )
