"""By which day it is demanded, what was received, and what is waived."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput
from conduct.models.one_line import one_line
from inputs.forms.fields import MoneyField
from inputs.forms.widgets import CodeInput


def _money() -> MoneyField:
    return MoneyField(label=_("Amount (EUR)"), max_digits=12, decimal_places=2)


class DemandForm(forms.Form):
    """The day until which the payee pays back."""

    due_on = forms.DateField(label=_("To be paid back by"), widget=DayInput())


class ReceivedForm(forms.Form):
    """What the statement of the bank says."""

    amount = _money()
    received_on = forms.DateField(label=_("Received on"), widget=DayInput())
    bank_reference = forms.CharField(
        label=_("Bank’s reference"), max_length=60, validators=[one_line], widget=CodeInput()
    )


class WaiverForm(forms.Form):
    """How much is asked for no more, and why."""

    amount = _money()
    reason = forms.CharField(
        label=_("Why is it waived?"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=2000,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["amount"].help_text = _("Another person decides on it.")
