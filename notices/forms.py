"""What narrows the inbox, and what people choose about their notices."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lists.forms import CheckFilter, ListFilters, WordsFilter
from notices.models import Notice
from notices.wording.topics import DIGESTIBLE, EXPLANATIONS, Delivery, Topic


class InboxFilters(ListFilters):
    """Text in subject or body, the topic, and whether it was read."""

    text = WordsFilter("subject", "body", label=_("Search"))
    topic = django_filters.ChoiceFilter(
        label=_("Topic"), choices=Topic.choices, empty_label=_("all topics")
    )
    unread = CheckFilter(label=_("New ones only"), method="not_read")

    def not_read(self, notices: QuerySet[Notice], _name: str, _ticked: object) -> QuerySet[Notice]:
        # Asked only where the box is ticked.
        return notices.filter(seen_at=None)


class PreferencesForm(forms.Form):
    """For each topic that leaves a choice: at once, once a day, or in the portal alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in DIGESTIBLE:
            self.fields[topic.value] = forms.ChoiceField(
                label=topic.label,
                help_text=str(EXPLANATIONS[topic]),
                choices=Delivery.choices,
                widget=forms.RadioSelect,
            )
