"""What clusters type about an invoice, and how the list of claims is narrowed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from files.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS
from inputs.fields import AnyMoneyField
from inputs.widgets import CodeInput
from records.filtering import FilterForm
from records.forms import DayInput
from vouchers.payments.models import Claim


class ClaimForm(forms.ModelForm):
    """A provider's invoice for a milestone."""

    class Meta:
        model = Claim
        fields = ("invoice_number", "invoice_date", "currency", "currency_amount")
        field_classes = {"currency_amount": AnyMoneyField}
        widgets = {"invoice_number": CodeInput(), "invoice_date": DayInput()}
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


class ClaimFilter(FilterForm):
    """What the list of claims is narrowed to."""

    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [("", _("All states")), *Claim.State.choices]
        self.fields["state"].choices = states  # type: ignore[attr-defined]
