"""What the list of a voucher's sessions is narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from lists.forms import ListFilters, WordsFilter
from vouchers.assistance.delivery.models import Session


class SessionFilters(ListFilters):
    """Text in expert, activity or place; the milestone and the state."""

    text = WordsFilter(
        *("expert_name", "expert_email", "activity", "place", "milestone__title"),
        label=_("Search"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Session.State.choices, empty_label=_("All states")
    )
