"""What is typed to set a light by hand."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput
from vouchers.standing.models import Light, LightOverride


class LightForm(forms.ModelForm):
    """A light, until which day it is shown, and why."""

    # Without the empty choice that a field of the model would offer.
    light = forms.ChoiceField(label=_("Light"), choices=Light.choices, widget=forms.RadioSelect())

    class Meta:
        model = LightOverride
        fields = ("light", "until", "reason")
        widgets = {
            "until": DayInput(),
            "reason": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        }
