"""What people type about clusters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import PROFILE_FIELDS
from .models import Cluster, Country


class ProfileForm(forms.ModelForm):
    """The facts of a cluster; the action saves them."""

    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://", "dir": "ltr"}),
    )

    class Meta:
        model = Cluster
        fields = PROFILE_FIELDS
        widgets = {
            "mission": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
            "services": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "name": forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"}),
            "sector": forms.TextInput(attrs={"dir": "auto"}),
        }


class RegistrationForm(ProfileForm):
    """The facts of a new cluster, with its country."""

    class Meta(ProfileForm.Meta):
        fields = ("country", *PROFILE_FIELDS)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        country.empty_label = _("Choose the country")  # type: ignore[attr-defined]


class DirectoryFilter(forms.Form):
    """What the public directory is narrowed to."""

    text = forms.CharField(label=_("Name or sector"), required=False, max_length=100)
    country = forms.ModelChoiceField(
        Country.objects.all(), label=_("Country"), required=False, empty_label=_("All countries")
    )
