"""What the list of messages to clusters is narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lists.forms import ListFilters, WordsFilter
from notices.models import Notice


class OutboxFilters(ListFilters):
    """Text in subject, name or address, and whether it arrived."""

    text = WordsFilter(
        "subject", "recipient__full_name", "recipient__email", label=_("Person or subject")
    )
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("notice", "Delivery"),
        choices=Notice.State.choices,
        empty_label=_("All states"),
    )
