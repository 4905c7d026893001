"""To whom at the provider the link goes."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from conduct.models.one_line import one_line
from inputs.forms.widgets import PlainEmailInput


class WorkLinkForm(forms.Form):
    """Name, e-mail address and language of who works by the link."""

    name = forms.CharField(
        label=_("Who at the provider opens it"),
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"), widget=PlainEmailInput(attrs={"dir": "ltr"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
