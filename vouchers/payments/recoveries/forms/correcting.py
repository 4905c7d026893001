"""Who asks for a correction, by which letter, why, and how much of which line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.forms import DayInput
from conduct.models.one_line import one_line
from documents.wording import amount
from inputs.forms.fields import MoneyField
from vouchers.payments.recoveries.actions import CorrectionTyped
from vouchers.payments.recoveries.models import AuditBody
from vouchers.payments.recoveries.queries.corrections import CorrectableLine

_AMOUNT = "line_"


class AuditCorrectionForm(forms.Form):
    """The letter, the reason, and one box for each line of which something is still paid."""

    body = forms.ChoiceField(label=gettext_lazy("Who asks for it?"), choices=AuditBody.choices)
    letter = forms.CharField(
        label=gettext_lazy("Reference of their letter"),
        max_length=100,
        validators=[one_line],
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    letter_on = forms.DateField(label=gettext_lazy("Date of their letter"), widget=DayInput())
    reason = forms.CharField(
        label=gettext_lazy("What was found?"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=4000,
    )

    def __init__(
        self,
        *args: Any,
        lines: Sequence[CorrectableLine],
        out: Decimal | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if out is not None:
            self.fields["demanded"] = MoneyField(
                label=_("Demanded back of the advance"),
                help_text=_("EUR; not cleared by any cost: %(amount)s.") % {"amount": amount(out)},
                max_digits=12,
                decimal_places=2,
            )
        for one in lines:
            self.fields[f"{_AMOUNT}{one.line.pk}"] = MoneyField(
                label=_("%(invoice)s · %(milestone)s")
                % {"invoice": one.line.invoice.number, "milestone": one.line.milestone.title},
                help_text=_("EUR to be corrected; still paid: %(amount)s.")
                % {"amount": amount(one.paid)},
                max_digits=12,
                decimal_places=2,
                required=False,
            )

    def typed(self) -> CorrectionTyped:
        """The valid form as the action takes it."""
        data = self.cleaned_data
        return CorrectionTyped(
            **{name: data[name] for name in ("body", "letter", "letter_on", "reason")},
            demanded=data.get("demanded") or Decimal(0),
            lines={
                int(name.removeprefix(_AMOUNT)): value
                for name, value in data.items()
                if name.startswith(_AMOUNT) and value is not None
            },
        )


class RefusalForm(forms.Form):
    """Why nothing is corrected."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it not taken?"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=2000,
    )
