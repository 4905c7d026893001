"""What the letters of a country partner bear."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nModelForm

from clusters.models import LETTERHEAD_FIELDS, CountryPartner
from files.wording.kinds import PICTURE_ENDINGS
from inputs.forms.languages import in_each_language
from inputs.forms.widgets import CodeInput, PlainEmailInput


class LetterheadForm(I18nModelForm):
    """Address, signatory and logo; clean values: LETTERHEAD_FIELDS, `logo`, `removes_logo`."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG, WebP or HEIC, at most 1 MB. It is made smaller where needed."),
        widget=forms.FileInput(attrs={"accept": ",".join(PICTURE_ENDINGS)}),
        error_messages={
            "empty": _("The file is empty. Look whether it opens on your computer."),
        },
    )
    signatory_function = in_each_language(
        _("Function of who signs"),
        required=False,
        most=150,
        help_text=_("In each language, as it stands below the name: Director."),
    )
    removes_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = CountryPartner
        fields = LETTERHEAD_FIELDS
        help_texts = {
            "signatory": _("Stands under the partner’s letters, with the function."),
        }
        widgets = {
            "street": forms.TextInput(attrs={"dir": "auto", "autocomplete": "street-address"}),
            "postcode": CodeInput(attrs={"autocomplete": "postal-code"}),
            "town": forms.TextInput(attrs={"dir": "auto", "autocomplete": "address-level2"}),
            "email": PlainEmailInput(attrs={"dir": "ltr"}),
            "signatory": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["removes_logo"]
