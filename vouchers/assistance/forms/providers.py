"""What an officer types about a consultant."""

from __future__ import annotations

from typing import Any

from django import forms

from clusters.forms.bank import AccountInput
from clusters.models import Country
from inputs.widgets import PlainEmailInput
from vouchers.assistance.models import Provider


class ProviderForm(forms.ModelForm):
    """A consultant and the account to which invoices are paid."""

    class Meta:
        model = Provider
        fields = ("country", "name", "email", "bank_account")
        widgets = {"email": PlainEmailInput(), "bank_account": AccountInput()}

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        field.queryset = Country.objects.filter(pk__in=countries)  # type: ignore[attr-defined]
        if len(countries) == 1:
            field.initial = countries[0]
