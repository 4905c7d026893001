"""What an officer types about a consultant; the action checks the account itself."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.forms.bank import AccountInput
from clusters.models import Country
from inputs.forms.widgets import PlainEmailInput
from lists.forms import ListFilters, WordsFilter
from vouchers.providers.models import Provider, ProviderAccount
from vouchers.providers.queries import with_verified_account


class _AccountFields(forms.Form):
    # Wider than what is kept: people type blanks between groups.
    bank_account = forms.CharField(
        label=_("Bank account"),
        max_length=80,
        help_text=_(
            "Lebanon: the IBAN. Tunisia: the RIB of 20 digits or the IBAN. Morocco: the RIB of 24 "
            "digits. Blanks do not matter."
        ),
        widget=AccountInput(),
    )
    holder = forms.CharField(
        label=_("Account holder"),
        max_length=200,
        required=False,
        help_text=_("As the bank writes it, where that is another name."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    foreign_reason = forms.CharField(
        label=_("Why in another country?"),
        max_length=1000,
        required=False,
        help_text=_("Only for an account in another country than the provider's."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class ProviderForm(_AccountFields, forms.ModelForm):
    """A consultant and the account to which invoices are paid."""

    class Meta:
        model = Provider
        fields = ("country", "name", "email")
        widgets = {"email": PlainEmailInput()}
        help_texts = {
            "email": _("Changes of the account are told there, so that no stranger makes them."),
        }

    field_order = ("country", "name", "email", "bank_account", "holder", "foreign_reason")

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        field.queryset = Country.objects.filter(pk__in=countries)  # type: ignore[attr-defined]
        if len(countries) == 1:
            field.initial = countries[0]


class ProviderAccountForm(_AccountFields):
    """Another account of a provider, and why."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=PlainEmailInput(),
        help_text=_("The contact that stands now is told of the change, whatever you write here."),
    )
    reason = forms.CharField(
        label=_("Why is it changed?"),
        max_length=2000,
        help_text=_("Who asked for it, and how you made sure that it was really the provider."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(
        self, *args: Any, provider: Provider, account: ProviderAccount | None, **kwargs: Any
    ):
        initial = {"email": provider.email, "holder": account.holder if account else provider.name}
        super().__init__(*args, **{**kwargs, "initial": initial})


class ProviderFilters(ListFilters):
    """Text in name or address, the country, and whether the account was verified."""

    text = WordsFilter("name", "email", label=_("Name or e-mail address"))
    country = django_filters.ChoiceFilter(
        field_name="country_id", label=_("Country"), empty_label=_("All countries")
    )
    account = django_filters.ChoiceFilter(
        label=_("Bank account"),
        choices=[
            ("verified", pgettext_lazy("bank account", "verified")),
            ("waiting", pgettext_lazy("bank account", "not verified yet")),
        ],
        empty_label=_("All accounts"),
        method="with_account",
    )

    def with_account(
        self, providers: QuerySet[Provider], _name: str, account: str
    ) -> QuerySet[Provider]:
        return with_verified_account(providers, account == "verified")
