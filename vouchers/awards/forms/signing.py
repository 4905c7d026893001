"""Signing an agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.models.one_line import one_line
from inputs.forms.widgets import CodeInput
from inputs.rules.marks import western_digits, without_marks


class SigningForm(forms.Form):
    """Name and function, the declaration affirmed, and the code that confirms who signs.

    Which text was read is no field of it: the page says it anew each time that it is shown.
    """

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As you sign: it stands under what you sign."),
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    function = forms.CharField(
        label=_("Your function in the cluster"),
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", "dir": "auto"}),
    )
    affirms = forms.BooleanField(
        label=_("I affirm the declaration on honour again: everything in it still holds."),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=CodeInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(
        self, *args: Any, declares: bool, by_app: bool, counters: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_app = by_app
        if counters:
            self.fields["function"].label = _("Your function in the programme")
        if not declares:
            del self.fields["affirms"]
        self.fields["code"].help_text = (
            _("Of your authenticator app.")
            if by_app
            else _("Of the e-mail that we send you by the button below the form.")
        )

    def clean_code(self) -> str:
        return western_digits(without_marks(self.cleaned_data["code"])).replace(" ", "")
