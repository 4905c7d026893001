"""What a finance officer types of the bank that the programme pays from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.forms.bank import AccountInput
from inputs.forms.fields import MoneyField, WholeField
from inputs.forms.widgets import CodeInput
from inputs.rules.days import read_day
from vouchers.payments.batches.models import BankProfile
from vouchers.payments.batches.models.profiles import SAID


class HolidaysField(forms.CharField):
    """Days, one on each line, as YYYY-MM-DD."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(day.isoformat() for day in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        days = []
        for line in str(value or "").splitlines():
            if not line.strip():
                continue
            day = read_day(line)
            if day is None:
                raise ValidationError(
                    _t("“%(line)s” is no day: write each as 2026-12-25, on a line of its own.")
                    % {"line": line.strip()}
                )
            days.append(day)
        return days


class BankProfileForm(forms.ModelForm):
    """A profile, or one that takes the place of another: then it says why."""

    weekend = forms.TypedMultipleChoiceField(
        label=_("Days of the week on which the bank is closed"),
        choices=BankProfile.DAYS_OF_THE_WEEK,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    holidays = HolidaysField(
        label=_("Holidays of the bank"),
        required=False,
        max_length=6000,
        help_text=_(
            "One on each line, as 2026-12-25. Those of its country differ from those of SEPA."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr"}),
    )
    longest_name = WholeField(label=_("Longest name (characters)"), min_value=1, max_value=140)
    most_payments = WholeField(
        label=_("Payments in one file, at most"), min_value=1, max_value=100_000
    )
    largest_sum = MoneyField(label=_("Sum of one file, at most (EUR)"), max_digits=14)

    class Meta:
        model = BankProfile
        fields = tuple(name for name in SAID if name != "country")
        widgets = {
            "debtor_account": AccountInput(),
            "debtor_bic": CodeInput(),
            "debtor_name": forms.TextInput(attrs={"dir": "auto"}),
            "debtor_town": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args: Any, standing: BankProfile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The boxes of our own begin as the columns do.
        for name in ("longest_name", "most_payments", "largest_sum", "weekend"):
            self.fields[name].initial = getattr(BankProfile(), name)
        # Wider than what is kept: people type blanks between groups.
        self.fields["debtor_account"] = forms.CharField(
            label=self.fields["debtor_account"].label,
            max_length=80,
            help_text=self.fields["debtor_account"].help_text,
            widget=AccountInput(),
        )
        if standing is not None:
            self.initial = {name: getattr(standing, name) for name in self.Meta.fields}
            self.fields["name"].disabled = True
            self.fields["reason"] = forms.CharField(
                label=_("Why is it changed?"),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""
