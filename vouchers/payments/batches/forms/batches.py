"""What finance officers and signatories type about a batch."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput
from inputs.forms.widgets import CodeInput
from lists.forms import ListFilters, WordsFilter
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.models import Claim, PaymentOrder


class ProposalForm(forms.Form):
    """From which account, on which day, and which claims."""

    profile = forms.ModelChoiceField(label=_("Pay from"), queryset=BankProfile.objects.none())
    execution_on = forms.DateField(
        label=_("To be paid on"),
        widget=DayInput(),
        help_text=_("A day on which the bank works."),
    )
    claims = forms.ModelMultipleChoiceField(
        label=_("Claims"),
        queryset=Claim.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one claim.")},
    )

    def __init__(
        self, *args: Any, profiles: QuerySet[BankProfile], claims: QuerySet[Claim], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = profiles  # type: ignore[attr-defined]
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]


class AcknowledgementForm(forms.Form):
    """Under which reference the bank has the file."""

    bank_reference = forms.CharField(label=_("Bank’s reference"), max_length=60, widget=CodeInput())


class CancellationForm(forms.Form):
    """Why a batch, or a payment, ends; once the bank has the file, by its word."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    bank_reference = forms.CharField(
        label=_("Reference of the bank’s message"), max_length=60, widget=CodeInput()
    )
    told_on = forms.DateField(label=_("Day of the bank’s message"), widget=DayInput())

    def __init__(self, *args: Any, is_outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_outside:
            del self.fields["bank_reference"], self.fields["told_on"]


class PaymentForm(forms.ModelForm):
    """What the bank paid."""

    class Meta:
        model = PaymentOrder
        fields = ("paid_on", "bank_reference")
        widgets = {"paid_on": DayInput(), "bank_reference": CodeInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""


class BatchFilters(ListFilters):
    """Text in references or payees; state and account paid from."""

    text = WordsFilter(
        *("reference", "payments__reference", "payments__payee"),
        label=_("Reference of the batch or of a payment, or payee"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=PaymentBatch.State.choices, empty_label=_("All states")
    )
    open = django_filters.ChoiceFilter(
        label=_("With the bank"),
        choices=[("yes", _("not all confirmed"))],
        empty_label=_("All batches"),
        method="not_confirmed",
    )

    def not_confirmed(
        self, batches: QuerySet[PaymentBatch], _name: str, _value: str
    ) -> QuerySet[PaymentBatch]:
        return batches.filter(state__in=PaymentBatch.OUTSIDE)


class ProfileFilters(ListFilters):
    """Text in the name, the holder or the account."""

    text = WordsFilter("name", "debtor_name", "debtor_account", label=_("Name, holder or account"))
