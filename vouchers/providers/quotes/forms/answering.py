"""What a provider types: its quote, the lines of it, a file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.forms import DayInput, RowFormSet
from inputs.forms.fields import AnyMoneyField, MoneyField, ShareField
from inputs.rules.currencies import places_of
from inputs.rules.numbers import MONEY
from vouchers.calls.models import Currency
from vouchers.providers.quotes.actions import OfferedLine
from vouchers.providers.quotes.models.quotes import LineKind
from vouchers.providers.quotes.wording import sentence_on_currencies

from .terms import text_area

MOST_LINES = 40


class QuoteForm(forms.Form):
    """The texts of a quote; half of it can be kept."""

    approach = forms.CharField(
        label=gettext_lazy("Your approach"), widget=text_area(6), max_length=8000, required=False
    )
    experience = forms.CharField(
        label=gettext_lazy("Your experience"),
        widget=text_area(4),
        max_length=6000,
        required=False,
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"), widget=DayInput(), required=False
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        choices=Currency.choices,
        help_text=gettext_lazy("All amounts below are in it."),
    )

    def __init__(self, *args: Any, currencies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currencies = currencies
        self.fields["currency"].choices = [  # type: ignore[attr-defined]
            (code, Currency(code).label) for code in currencies
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        sent = self.data.get("currency", "")
        if sent in Currency.values and sent not in self.currencies:
            self.errors.pop("currency", None)
            self.add_error("currency", sentence_on_currencies(self.currencies, sent))
        return values


class LineForm(forms.Form):
    """One line: days at a rate, or an amount."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=LineKind.choices)
    text = forms.CharField(label=gettext_lazy("What for"), max_length=200)
    days = ShareField(
        label=gettext_lazy("Days"),
        max_digits=6,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("For a line of days."),
    )

    def __init__(self, *args: Any, currencies: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["dir"] = "auto"
        # 12,500 dinars may be twelve and a half: what could be either is asked, also while the browser
        # does not know yet which of the currencies is meant.
        has_thousandths = any(places_of(one) > MONEY.places for one in currencies)
        money = AnyMoneyField if has_thousandths else MoneyField
        self.fields["rate"] = money(
            label=_("Price of a day"),
            max_digits=14,
            decimal_places=3,
            required=False,
            help_text=_("For a line of days."),
        )
        self.fields["amount"] = money(
            label=_("Amount"),
            max_digits=16,
            decimal_places=3,
            required=False,
            help_text=_("For every other line; for days it is days × price of a day."),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        needed = ("days", "rate") if values.get("kind") == LineKind.DAYS else ("amount",)
        for name in needed:
            given = values.get(name)
            if name in self.errors:
                continue
            if given is None:
                self.add_error(name, _("Fill this in for this kind of line."))
            elif given <= Decimal(0):
                self.add_error(name, _("More than zero."))
        return values


class _LineRows(RowFormSet):
    def lines(self) -> list[OfferedLine]:
        """The lines that were typed, in order."""
        return [OfferedLine(**row) for row in self.rows() if row.get("text")]


LineFormSet = cast(
    type[_LineRows],
    forms.formset_factory(
        LineForm, formset=_LineRows, extra=0, min_num=1, max_num=MOST_LINES, can_delete=True
    ),
)


class QuoteFileForm(forms.Form):
    """A curriculum vitae, or a profile."""

    upload = forms.FileField(label=gettext_lazy("File"))
