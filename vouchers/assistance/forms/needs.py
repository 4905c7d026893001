"""What an officer writes of a meeting."""

from __future__ import annotations

from django import forms

from conduct.forms import DayInput
from vouchers.assistance.models import NeedsAssessment

from .texts import text_area


class NeedsForm(forms.ModelForm):
    """A needs-assessment meeting that was held."""

    class Meta:
        model = NeedsAssessment
        fields = ("held_on", "place", "participants", "findings", "next_steps")
        widgets = {
            "held_on": DayInput(),
            "participants": text_area(4),
            "findings": text_area(6),
            "next_steps": text_area(4),
        }
