"""What is typed to set a light by hand."""

from __future__ import annotations

from django import forms

from conduct.forms import DayInput
from vouchers.standing.models import LightOverride


class LightForm(forms.ModelForm):
    """A light, until which day it is shown, and why."""

    class Meta:
        model = LightOverride
        fields = ("light", "until", "reason")
        widgets = {
            "light": forms.RadioSelect(),
            "until": DayInput(),
            "reason": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        }
