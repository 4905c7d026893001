"""What an officer types about a consultant; the action checks the account itself."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.forms.bank import AccountInput
from clusters.models import Country, nace
from documents.wording import listed
from inputs.forms.widgets import CodeInput, PlainEmailInput
from lists.forms import ListFilters, WordsFilter
from vouchers.providers.actions.facts import compared
from vouchers.providers.models import Expertise, Provider, ProviderAccount
from vouchers.providers.queries import providers_like, with_verified_account

from .facts import spoken_choices


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
    bic = forms.CharField(
        label=_("BIC of the bank"),
        max_length=20,
        required=False,
        help_text=_("8 or 11 letters and digits, as the paper of the bank says."),
        widget=CodeInput(),
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

    # Asked for once one that is registered already looks like it.
    is_another = forms.BooleanField(
        label=_("I have looked at them: this is another provider"), required=False
    )

    class Meta:
        model = Provider
        fields = (
            *("country", "name", "own_name", "town", "registration_number", "vat_number", "email"),
        )
        widgets = {
            "email": PlainEmailInput(),
            "registration_number": CodeInput(),
            "vat_number": CodeInput(),
        }
        help_texts = {
            "email": _("Changes of the account are told there, so that no stranger makes them."),
        }

    field_order = (
        *("country", "name", "own_name", "town", "registration_number", "vat_number", "email"),
        *("bank_account", "bic", "holder", "foreign_reason", "is_another"),
    )

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        field.queryset = Country.objects.filter(pk__in=countries)  # type: ignore[attr-defined]
        if len(countries) == 1:
            field.initial = countries[0]
        self.fields["is_another"].widget = forms.HiddenInput()
        # Those that look like it, with what says so.
        self.alike: list[tuple[Provider, str]] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_another") or not data.get("name"):
            return data
        told = Provider(
            name=data["name"],
            own_name=data.get("own_name", ""),
            registration_number=data.get("registration_number", ""),
            vat_number=data.get("vat_number", ""),
        )
        compared(told)
        self.alike = providers_like(told)
        if self.alike:
            self.fields["is_another"].widget = forms.CheckboxInput()
            self.add_error(
                "is_another",
                _("Providers that are registered look like it: %(names)s. Is it one of them?")
                % {"names": listed(other.name for other, _why in self.alike[:5])},
            )
        return data


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

    text = WordsFilter(
        *("name", "own_name", "email", "town", "registration_code", "vat_code"),
        label=_("Name, town, number or e-mail address"),
    )
    expertise = django_filters.ChoiceFilter(
        choices=Expertise.choices,
        label=_("Expertise"),
        empty_label=_("Every expertise"),
        method="with_expertise",
    )
    sector = django_filters.ChoiceFilter(
        choices=nace.section_choices,
        label=_("Sector"),
        empty_label=_("Every sector"),
        method="in_sector",
    )
    language = django_filters.ChoiceFilter(
        choices=spoken_choices,
        label=_("Working language"),
        empty_label=_("Every language"),
        method="speaking",
    )
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

    def with_expertise(
        self, providers: QuerySet[Provider], _name: str, expertise: str
    ) -> QuerySet[Provider]:
        return providers.filter(expertise__contains=[expertise])

    def in_sector(
        self, providers: QuerySet[Provider], _name: str, sector: str
    ) -> QuerySet[Provider]:
        return providers.filter(sectors__contains=[sector])

    def speaking(
        self, providers: QuerySet[Provider], _name: str, language: str
    ) -> QuerySet[Provider]:
        return providers.filter(languages__contains=[language])

    def with_account(
        self, providers: QuerySet[Provider], _name: str, account: str
    ) -> QuerySet[Provider]:
        return with_verified_account(providers, account == "verified")
