"""More time to answer an award."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput


class MoreTimeForm(forms.Form):
    """Until when the award can be answered, and why; `hint` tells between which days."""

    until = forms.DateField(label=_("New last day"), widget=DayInput())
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The cluster and its country partner read it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, hint: str) -> None:
        super().__init__(data)
        self.fields["until"].help_text = hint
