"""What a finance officer types about a rate."""

from __future__ import annotations

from typing import Any

from django import forms

from inputs.fields import RateField
from inputs.widgets import CodeInput
from vouchers.payments.models import Currency, ExchangeRate


class RateForm(forms.ModelForm):
    """The accounting rate of a currency for one month."""

    class Meta:
        model = ExchangeRate
        fields = ("currency", "month", "units_per_euro")
        field_classes = {"units_per_euro": RateField}
        widgets = {"month": CodeInput(attrs={"type": "month", "placeholder": "2026-11"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        foreign = [choice for choice in Currency.choices if choice[0] != Currency.EUR]
        self.fields["currency"].choices = foreign  # type: ignore[attr-defined]
