"""How much a cluster asks for in advance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from documents.wording import amount
from inputs.forms.fields import MoneyField


class AdvanceForm(forms.Form):
    """One amount in EUR; `left` may be advanced now."""

    def __init__(self, *args: Any, left: Decimal, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["amount"] = MoneyField(
            label=_("Amount (EUR)"),
            help_text=_("At most %(amount)s now.") % {"amount": amount(left)},
            max_digits=12,
            decimal_places=2,
        )
