"""The final report of a cluster."""

from __future__ import annotations

from django import forms

from inputs.forms.fields import WholeField
from vouchers.assistance.models import FinalReport

from .texts import text_area


class ReportForm(forms.ModelForm):
    """The final report of a cluster."""

    class Meta:
        model = FinalReport
        fields = (
            "summary",
            "results",
            "lessons",
            "members_reached",
            "women_reached",
            "satisfaction",
        )
        field_classes = {
            "members_reached": WholeField,
            "women_reached": WholeField,
            "satisfaction": WholeField,
        }
        widgets = {"summary": text_area(6), "results": text_area(5), "lessons": text_area(4)}
