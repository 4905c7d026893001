"""Why a plan is amended."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchers.assistance.plans.models import PlanVersion


class PlanAmendmentForm(forms.Form):
    """What is amended, and why."""

    kind = forms.ChoiceField(
        label=_("What changes?"), choices=PlanVersion.Amendment.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why?"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), max_length=2000
    )
