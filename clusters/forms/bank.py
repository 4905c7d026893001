"""What is typed about the account of a cluster or a partner; the action checks the account itself."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.models import BankAccount, Cluster, CountryPartner
from clusters.models.account_numbers import normalised
from inputs.forms.widgets import CodeInput

_ACCOUNT_HELP = {
    "LB": _("The IBAN of 28 characters, which begins with LB. Blanks do not matter."),
    "MA": _("The RIB of 24 digits. Blanks do not matter."),
    "TN": _("The RIB of 20 digits, or the IBAN of 24 characters, which begins with TN59."),
}


class AccountInput(CodeInput):
    """An account or a BIC, without the blanks, dashes and words that are copied with it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return normalised(value) if isinstance(value, str) else value


class AccountForm(forms.ModelForm):
    """The account of a cluster or a country partner, in its country."""

    # Wider than what is kept: people type blanks between groups.
    account = forms.CharField(
        label=_("Account"),
        max_length=60,
        widget=AccountInput(),
    )
    bic = forms.CharField(
        label=_("BIC (SWIFT)"),
        max_length=20,
        required=False,
        help_text=_("Where you know it."),
        widget=AccountInput(),
    )
    currency = forms.ChoiceField(label=_("Currency of the account"))

    class Meta:
        model = BankAccount
        fields = ("holder", "bank", "account", "bic", "currency")
        widgets = {
            "holder": forms.TextInput(attrs={"dir": "auto"}),
            "bank": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args: Any, owner: Cluster | CountryPartner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currencies = dict.fromkeys([owner.country.currency, "EUR", "USD"])
        cast(forms.ChoiceField, self.fields["currency"]).choices = [
            (code, code) for code in currencies
        ]
        self.fields["account"].help_text = _ACCOUNT_HELP.get(owner.country_id, "")
        legal_name = owner.legal_name if isinstance(owner, Cluster) else ""
        self.fields["holder"].initial = legal_name or owner.name
