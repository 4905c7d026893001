"""A picture of a session as somebody adds it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.actions import Refused
from conduct.models.one_line import one_line
from files.actions.inspection import require_size
from files.actions.redrawing import MOST_BYTES, PICTURE_ENDINGS


class SessionPictureForm(forms.Form):
    """What can be seen, and the file; last, since browsers forget it when something is mended."""

    alternative = forms.CharField(
        label=gettext_lazy("What can be seen, for those who do not see it"),
        max_length=300,
        validators=[one_line],
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Say what can be seen, for those who do not see it.")
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Picture"), widget=forms.FileInput(attrs={"accept": PICTURE_ENDINGS})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("JPEG, PNG or WebP, at most %(size)s.") % {
            "size": filesizeformat(MOST_BYTES)
        }

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            require_size(file.size or 0, MOST_BYTES)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file
