"""What the register says of a provider, and how two that look alike are told apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusters.models import Country, nace
from documents.wording import number
from inputs.forms.fields import MoneyField, ShareField
from inputs.forms.widgets import CodeInput
from vouchers.providers.actions.facts import FACTS
from vouchers.providers.models import Expertise, Provider
from vouchers.providers.rules.languages import SPOKEN, language_name

# More cannot hold a quarter each.
MOST_OWNERS = 4
_AUTO = {"dir": "auto"}


def spoken_choices() -> list[tuple[str, str]]:
    """The languages to choose from, in words of the active one."""
    return [(code, language_name(code, get_language() or "en")) for code in SPOKEN]


def _countries() -> list[tuple[str, str]]:
    """The programme's countries."""
    return [(country.pk, str(country.name)) for country in Country.objects.all()]


class ProviderFactsForm(forms.ModelForm):
    """Names, numbers, expertise, day rates and owners of a provider."""

    expertise = forms.MultipleChoiceField(
        label=_("Expertise"),
        choices=Expertise.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"),
        choices=nace.section_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=spoken_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    countries_served = forms.MultipleChoiceField(
        label=_("Countries served"),
        choices=_countries,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rate_from = MoneyField(label=_("Day rate from (EUR)"), required=False, min_value=0)
    rate_to = MoneyField(label=_("Day rate to (EUR)"), required=False, min_value=0)

    class Meta:
        model = Provider
        fields = FACTS
        widgets = {
            name: forms.TextInput(attrs=_AUTO)
            for name in ("name", "own_name", "street", "town", "contact")
        } | {
            "post_code": CodeInput(),
            "registration_number": CodeInput(),
            "vat_number": CodeInput(),
        }
        help_texts = {
            "own_name": _("As it is registered, for example in Arabic letters."),
            "town": _("In Latin letters: a bank pays nobody without a town."),
            "vat_number": _("Blanks and digits of every script are read."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = list(self.instance.owners.order_by("pk")) if self.instance.pk else []
        for place in range(MOST_OWNERS):
            owner = owners[place] if place < len(owners) else None
            self.fields[f"owner_{place}"] = forms.CharField(
                label=_("Beneficial owner %(number)s") % {"number": place + 1},
                max_length=200,
                required=False,
                initial=owner.name if owner else "",
                widget=forms.TextInput(attrs=_AUTO),
            )
            self.fields[f"share_{place}"] = ShareField(
                label=_("Share (%)"),
                required=False,
                min_value=25,
                max_value=100,
                initial=owner.share if owner else None,
                help_text=_("At least 25 %; together at most 100 %.") if not place else "",
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for place in range(MOST_OWNERS):
            name, share = data.get(f"owner_{place}"), data.get(f"share_{place}")
            if name and share is None and f"share_{place}" not in self.errors:
                self.add_error(f"share_{place}", _("Say which share this owner holds."))
            if share is not None and not name:
                self.add_error(f"owner_{place}", _("Say who holds this share."))
        total = sum((share for _name, share in self.owners()), Decimal(0))
        if total > 100:
            self.add_error(
                "share_0",
                _(
                    "The shares of the owners come to %(total)s %%; together they are at most 100 %%."
                )
                % {"total": number(total)},
            )
        return data

    def owners(self) -> list[tuple[str, Decimal]]:
        """Every owner that is named with a share, in the order in which they were typed."""
        rows = [
            (self.cleaned_data.get(f"owner_{place}"), self.cleaned_data.get(f"share_{place}"))
            for place in range(MOST_OWNERS)
        ]
        return [(name, share) for name, share in rows if name and share is not None]

    def facts(self) -> dict[str, Any]:
        """The clean facts, by their names in the register."""
        return {name: self.cleaned_data[name] for name in FACTS}


class ProviderFileForm(forms.Form):
    """A profile or a curriculum vitae."""

    upload = forms.FileField(label=_("Profile or curriculum vitae"))


class DistinctForm(forms.Form):
    """How it is known that two providers are not the same."""

    reason = forms.CharField(
        label=_("How do you know?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
