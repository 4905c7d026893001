"""What partners and clusters type about technical assistance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from files.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS
from records.forms import DayInput, RowFormSet

from .actions import MilestoneInput
from .models import FinalReport, NeedsAssessment, Plan, Provider


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class NeedsForm(forms.ModelForm):
    """A needs-assessment meeting that was held."""

    class Meta:
        model = NeedsAssessment
        fields = ("held_on", "place", "participants", "findings", "next_steps")
        widgets = {
            "held_on": DayInput(),
            "participants": _text(4),
            "findings": _text(6),
            "next_steps": _text(4),
        }


class ProviderForm(forms.ModelForm):
    """A consultant and the account to which invoices are paid."""

    class Meta:
        model = Provider
        fields = ("country", "name", "email", "bank_account")

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        field.queryset = Country.objects.filter(pk__in=countries)  # type: ignore[attr-defined]
        if len(countries) == 1:
            field.initial = countries[0]


class PlanForm(forms.ModelForm):
    """Objective, expected results and provider of a plan."""

    class Meta:
        model = Plan
        fields = ("objective", "expected_results", "provider")
        widgets = {"objective": _text(4), "expected_results": _text(4)}

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
    days = forms.DecimalField(
        label=_("Days of expertise"), max_digits=5, decimal_places=1, min_value=Decimal("0.5")
    )
    amount = forms.DecimalField(
        label=_("Amount (EUR)"), max_digits=12, decimal_places=2, min_value=Decimal("0.01")
    )


class _MilestoneRows(RowFormSet):
    def milestones(self) -> list[MilestoneInput]:
        """The milestones that were typed, in order."""
        return [MilestoneInput(**row) for row in self.rows()]


MilestoneFormSet = forms.formset_factory(
    MilestoneForm, formset=_MilestoneRows, extra=0, min_num=1, can_delete=True, max_num=30
)


class DeliverableForm(forms.Form):
    """What the provider handed over."""

    summary = forms.CharField(label=_("What was delivered"), widget=_text(4), max_length=5000)
    file = forms.FileField(
        label=_("File"),
        help_text=ACCEPTED_IN_WORDS,
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
    )


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
        widgets = {"summary": _text(6), "results": _text(5), "lessons": _text(4)}
