"""Why a plan is amended, and why one is returned."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from inputs.rules.numbers import sent_number
from vouchers.assistance.plans.actions import RemarkInput
from vouchers.assistance.plans.models import PlanVersion


class PlanAmendmentForm(forms.Form):
    """What is amended, and why."""

    kind = forms.ChoiceField(
        label=_("What changes?"), choices=PlanVersion.Amendment.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why?"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), max_length=2000
    )


def typed_remarks(data: Mapping[str, str]) -> list[RemarkInput]:
    """The remarks that were written, by `remark_<part>_<key of the row>`; no key for the part."""
    found = []
    for name, text in data.items():
        if name.startswith("remark_") and text.strip():
            _word, part, key = [*name.split("_", 2), ""][:3]
            found.append(RemarkInput(sent_number(part, 2), text[:5000], key))
    return found
