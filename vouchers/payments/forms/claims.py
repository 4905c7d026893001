"""What clusters type about an invoice, and how the list of claims is narrowed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput
from files.wording.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS
from inputs.forms.fields import AnyMoneyField
from inputs.forms.widgets import CodeInput
from vouchers.payments.models import Claim


class ClaimForm(forms.ModelForm):
    """A provider's invoice for a milestone."""

    class Meta:
        model = Claim
        fields = ("invoice_number", "invoice_date", "currency", "currency_amount", "invoice_total")
        field_classes = {"currency_amount": AnyMoneyField, "invoice_total": AnyMoneyField}
        widgets = {"invoice_number": CodeInput(), "invoice_date": DayInput()}
        help_texts = {
            "currency_amount": _("As the invoice says. We turn it into euro at the monthly rate."),
            "invoice_total": _("Only where the invoice pays for more than this milestone."),
        }

    upload = forms.FileField(
        label=_("Invoice"),
        help_text=ACCEPTED_IN_WORDS,
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
    )

    def __init__(self, *args: Any, looking: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoice_total"].required = False
        # To look at the euro nobody has to choose the file.
        self.fields["upload"].required = not looking

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""


def typed_before(last: Claim | None) -> dict[str, Any]:
    """What a claim that came back said, so that only what was wrong has to be typed anew."""
    if last is None:
        return {}
    total = last.invoice_total if last.invoice_total != last.currency_amount else None
    return {
        "invoice_number": last.invoice_number,
        "invoice_date": last.invoice_date,
        "currency": last.currency,
        "currency_amount": last.currency_amount,
        "invoice_total": total,
    }
