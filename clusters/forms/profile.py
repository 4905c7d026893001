"""What a cluster tells about itself, one form for each page of its profile."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.models import LEGAL_FIELDS, MISSION_FIELDS, Cluster, nace
from conduct.forms import DayInput, RowFormSet
from inputs.forms.fields import WholeField, YearField
from inputs.forms.widgets import CodeInput, PhoneInput, PlainEmailInput, PlainURLInput

_NACE_FIELDS = ("nace_1", "nace_2", "nace_3")


def _website() -> forms.URLField:
    return forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=PlainURLInput(attrs={"placeholder": "https://", "dir": "ltr"}),
    )


class RegistrationForm(forms.ModelForm):
    """The few facts with which a cluster starts; the rest has time."""

    website = _website()

    class Meta:
        model = Cluster
        fields = (
            "country",
            "name",
            "registration_number",
            "established",
            "sector",
            "mission",
            "member_kinds",
            "website",
        )
        field_classes = {"established": YearField}
        widgets = {
            "name": forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"}),
            "registration_number": CodeInput(),
            "sector": forms.TextInput(attrs={"dir": "auto"}),
            "mission": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
            "member_kinds": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["country"]).empty_label = _("Choose the country")


class FactsForm(forms.ModelForm):
    """Who the cluster is before the law, and how it is reached."""

    website = _website()

    class Meta:
        model = Cluster
        fields = LEGAL_FIELDS
        field_classes = {"established": YearField}
        widgets = {
            "name": forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"}),
            "aliases": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "legal_name": forms.TextInput(attrs={"dir": "auto"}),
            "legal_form": forms.TextInput(attrs={"dir": "auto"}),
            "registration_number": CodeInput(),
            "tax_number": CodeInput(),
            "established_on": DayInput(),
            "street": forms.TextInput(attrs={"dir": "auto", "autocomplete": "street-address"}),
            "postcode": CodeInput(attrs={"autocomplete": "postal-code"}),
            "town": forms.TextInput(attrs={"dir": "auto", "autocomplete": "address-level2"}),
            "legal_representative": forms.TextInput(attrs={"dir": "auto"}),
            "legal_representative_function": forms.TextInput(attrs={"dir": "auto"}),
            "phone": PhoneInput(),
            "email": PlainEmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        }


class MissionForm(forms.ModelForm):
    """What the cluster works on, and what it does for its members."""

    nace_1 = forms.ChoiceField(label=_("Main activity by NACE"), required=False)
    nace_2 = forms.ChoiceField(label=_("Second activity"), required=False)
    nace_3 = forms.ChoiceField(label=_("Third activity"), required=False)

    class Meta:
        model = Cluster
        # The activities are chosen one by one.
        fields = tuple(name for name in MISSION_FIELDS if name != "nace_codes")
        field_classes = {"member_count": WholeField}
        widgets = {
            "sector": forms.TextInput(attrs={"dir": "auto"}),
            "mission": forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
            "services": forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
            "member_kinds": forms.TextInput(attrs={"dir": "auto"}),
        }

    field_order = (MISSION_FIELDS[0], *_NACE_FIELDS, *MISSION_FIELDS[2:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nace_1"].help_text = _(
            "The European classification of activities: take the division that fits best."
        )
        codes = [*self.instance.nace_codes, "", "", ""]
        for name, code in zip(_NACE_FIELDS, codes, strict=False):
            cast(forms.ChoiceField, self.fields[name]).choices = [
                ("", "—"),
                *nace.grouped_choices(),
            ]
            self.fields[name].initial = code

    def clean(self) -> dict[str, Any]:
        """Gather the activities, in their order; the same one twice is a slip."""
        cleaned = super().clean() or {}
        chosen: list[str] = []
        for name in _NACE_FIELDS:
            code = cleaned.pop(name, "")
            if code and code in chosen:
                self.add_error(name, _("You have chosen this activity already."))
            elif code:
                chosen.append(code)
        cleaned["nace_codes"] = chosen
        return cleaned


class AchievementForm(forms.Form):
    """One entry of the track record."""

    year = YearField(label=_("Year"), min_value=1900, max_value=2100)
    text = forms.CharField(
        label=_("What was achieved"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


AchievementFormSet = cast(
    type[RowFormSet],
    forms.formset_factory(
        AchievementForm, formset=RowFormSet, extra=0, can_delete=True, max_num=100
    ),
)
