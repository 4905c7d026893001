"""What a payee is asked on a phone: has it arrived, when, and if not all, how much."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput
from inputs.forms.fields import AnyMoneyField
from vouchers.payments.models import Currency
from vouchers.payments.receipts.actions import AnswerTyped
from vouchers.payments.receipts.models.answers import AnswerKind


class ReceiptForm(forms.Form):
    """Yes, no, or another amount; with its day, its currency and words."""

    kind = forms.ChoiceField(
        label=_("Has the money arrived?"), choices=AnswerKind.choices, widget=forms.RadioSelect
    )
    received_on = forms.DateField(
        label=_("On which day did it arrive?"), widget=DayInput(), required=False
    )
    amount = AnyMoneyField(
        label=_("Which amount arrived, if another"),
        max_digits=18,
        decimal_places=3,
        required=False,
    )
    currency = forms.ChoiceField(
        label=_("In which currency"), choices=[("", "—"), *Currency.choices], required=False
    )
    words = forms.CharField(
        label=_("What you want to say"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
        required=False,
    )

    def typed(self) -> AnswerTyped:
        """The valid form as the action takes it."""
        found: dict[str, Any] = self.cleaned_data
        return AnswerTyped(**found)
