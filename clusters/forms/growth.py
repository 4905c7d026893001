"""What people type about the growth of a cluster."""

from __future__ import annotations

from django import forms

from clusters.models import GrowthFigures
from inputs.forms.fields import MoneyField, WholeField, YearField


class FiguresForm(forms.ModelForm):
    """The figures of one year."""

    class Meta:
        model = GrowthFigures
        fields = ("year", *GrowthFigures.MEASURES)
        field_classes = {
            "year": YearField,
            "members": WholeField,
            "jobs": WholeField,
            "turnover": MoneyField,
            "exports": MoneyField,
            "budget": MoneyField,
        }
