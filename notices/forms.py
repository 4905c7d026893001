"""What narrows the inbox, and what people choose about their notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms.filtering import FilterForm
from notices.wording.topics import DIGESTIBLE, EXPLANATIONS, Delivery, Topic


class InboxFilter(FilterForm):
    """What narrows the list of notices; it lives in the address."""

    text = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", _("all topics")), *Topic.choices]
    )
    unread = forms.BooleanField(label=_("New ones only"), required=False)


class PreferencesForm(forms.Form):
    """For each topic that leaves a choice: at once, once a day, or in the portal alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in DIGESTIBLE:
            self.fields[topic.value] = forms.ChoiceField(
                label=topic.label,
                help_text=EXPLANATIONS[topic],
                choices=Delivery.choices,
                widget=forms.RadioSelect,
            )
