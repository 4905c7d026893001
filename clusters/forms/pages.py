"""What a cluster chooses for its public page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.models import PagePart
from files.wording.kinds import PICTURE_ENDINGS


class PartsForm(forms.Form):
    """Which parts the public may see."""

    parts = forms.MultipleChoiceField(
        label=_("What everybody may see"),
        choices=PagePart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Name, country, sector, activities and year are always shown."),
    )


class LogoForm(forms.Form):
    """A logo to upload."""

    file = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG, WebP or HEIC, at most 1 MB. It is made smaller where needed."),
        widget=forms.FileInput(attrs={"accept": ",".join(PICTURE_ENDINGS)}),
        error_messages={
            "required": _("Choose a picture."),
            "empty": _("The file is empty. Look whether it opens on your computer."),
        },
    )
