"""The plan and its milestones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput, RowFormSet
from inputs.forms.fields import MoneyField, ShareField
from vouchers.assistance.actions import MilestoneInput
from vouchers.assistance.models import Plan

from .texts import text_area


class PlanForm(forms.ModelForm):
    """Objective, expected results and provider of a plan."""

    class Meta:
        model = Plan
        fields = ("objective", "expected_results", "provider")
        widgets = {"objective": text_area(4), "expected_results": text_area(4)}

    def __init__(self, *args: Any, providers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers  # type: ignore[attr-defined]
        self.fields["provider"].help_text = _(
            "Somebody is missing? Your country partner registers consultants."
        )


class MilestoneForm(forms.Form):
    """One step of the plan."""

    title = forms.CharField(label=_("What is delivered"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput())
    days = ShareField(
        label=_("Days of expertise"), max_digits=5, decimal_places=1, min_value=Decimal("0.5")
    )
    amount = MoneyField(
        label=_("Amount (EUR)"), max_digits=12, decimal_places=2, min_value=Decimal("0.01")
    )


class _MilestoneRows(RowFormSet):
    def milestones(self) -> list[MilestoneInput]:
        """The milestones that were typed, in order."""
        return [MilestoneInput(**row) for row in self.rows()]


MilestoneFormSet = cast(
    type[_MilestoneRows],
    forms.formset_factory(
        MilestoneForm, formset=_MilestoneRows, extra=0, min_num=1, can_delete=True, max_num=30
    ),
)
