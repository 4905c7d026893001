"""To whom at the payee the link goes anew, and how finance settled what did not arrive."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from conduct.models.one_line import one_line
from inputs.forms.widgets import PlainEmailInput


class ReceiptLinkForm(forms.Form):
    """Name, e-mail address and language of who answers for the payee."""

    name = forms.CharField(
        label=_("Who at the payee opens it"),
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"), widget=PlainEmailInput(attrs={"dir": "ltr"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class SettlementForm(forms.Form):
    """How it was settled."""

    reason = forms.CharField(
        label=_("How was it settled?"),
        help_text=_("What the bank and the payee said, and what is done about it."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=2000,
    )
