"""What is decided about an exception from the ceiling."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OverrideForm(forms.Form):
    """Whether the legal entity may receive more, and why."""

    granted = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Grant the exception")), ("no", _("Refuse it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
        error_messages={"required": _("Say why you decide so.")},
    )
