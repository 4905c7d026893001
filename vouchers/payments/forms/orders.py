"""What a finance officer types about a payment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput
from inputs.forms.widgets import CodeInput
from vouchers.payments.models import PaymentOrder


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
        if len(settings.PAYING_ACCOUNTS) > 1:
            self.fields["paying_account"] = forms.ChoiceField(
                label=_("Paid from"),
                choices=[(name, name) for name in settings.PAYING_ACCOUNTS],
            )

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""
