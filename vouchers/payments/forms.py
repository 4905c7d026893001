"""What clusters and finance officers type about money."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from files.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS
from records.forms import DayInput

from .models import Claim, Currency, ExchangeRate, PaymentOrder


class ClaimForm(forms.ModelForm):
    """A provider's invoice for a milestone."""

    class Meta:
        model = Claim
        fields = ("invoice_number", "invoice_date", "currency", "currency_amount")
        widgets = {"invoice_date": DayInput()}
        help_texts = {
            "currency_amount": _("As the invoice says. We turn it into euro at the monthly rate."),
        }

    upload = forms.FileField(
        label=_("Invoice"),
        help_text=ACCEPTED_IN_WORDS,
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
    )

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""


class PaymentForm(forms.ModelForm):
    """What the bank paid."""

    class Meta:
        model = PaymentOrder
        fields = ("paid_on", "bank_reference")
        widgets = {"paid_on": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""


class RateForm(forms.ModelForm):
    """The accounting rate of a currency for one month."""

    class Meta:
        model = ExchangeRate
        fields = ("currency", "month", "units_per_euro")
        widgets = {"month": forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        foreign = [choice for choice in Currency.choices if choice[0] != Currency.EUR]
        self.fields["currency"].choices = foreign  # type: ignore[attr-defined]


class ClaimFilter(forms.Form):
    """What the list of claims is narrowed to."""

    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [("", _("All states")), *Claim.State.choices]
        self.fields["state"].choices = states  # type: ignore[attr-defined]
