"""What a finance officer types about a rate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inputs.forms.fields import RateField
from inputs.forms.widgets import CodeInput
from vouchers.payments.models import Currency, ExchangeRate

# As a box for a month sends it.
_MONTH = re.compile(r"^[0-9]{4}-(0[1-9]|1[0-2])$")


def _confirmed(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=forms.HiddenInput)


class AskingForm(forms.Form):
    """A form with a check box that appears once its rates were asked about."""

    confirmed = _confirmed(_("Yes, this rate is right."))

    def ask(self) -> None:
        """Show the check box."""
        self.fields["confirmed"].widget = forms.CheckboxInput()


class RateForm(AskingForm, forms.ModelForm):
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


def begun_with(address: Mapping[str, str]) -> dict[str, str]:
    """What the form begins with: the currency and month of the address by which somebody came."""
    month, currency = address.get("month", ""), address.get("currency", "")
    known = {choice for choice, _label in Currency.choices if choice != Currency.EUR}
    return {
        **({"currency": currency} if currency in known else {}),
        **({"month": month} if _MONTH.match(month) else {}),
    }


class CorrectionForm(AskingForm, forms.ModelForm):
    """What a mistaken rate should have been, and why."""

    class Meta:
        model = ExchangeRate
        fields = ("units_per_euro",)
        field_classes = {"units_per_euro": RateField}

    reason = forms.CharField(
        label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), max_length=2000
    )

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""


class RateFileForm(forms.Form):
    """A file of the Commission's rates, and its month where it does not say one."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("JSON or CSV, as the European Commission publishes it (InforEuro)."),
        widget=forms.FileInput(attrs={"accept": ".json,.csv,application/json,text/csv"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )
    month = forms.RegexField(
        _MONTH,
        label=_("Month"),
        required=False,
        help_text=_("Only where the file does not say it."),
        widget=CodeInput(attrs={"type": "month", "placeholder": "2026-11"}),
    )


class TakeOverForm(AskingForm):
    """The word that marked rates are right."""

    confirmed = _confirmed(_("Yes, the marked rates are right."))
