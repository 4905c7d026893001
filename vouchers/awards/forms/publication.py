"""When a selection is published, and why that is moved."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchers.calls.forms.fields import ProgrammeTimeField


class PublishForm(forms.Form):
    """The instant at which results are published and all letters go out."""

    publish_at = ProgrammeTimeField(label=_("To be published"))


class MovePublicationForm(forms.Form):
    """Another instant, or none for at once, with a reason."""

    publish_at = ProgrammeTimeField(
        label=_("To be published"),
        required=False,
        help_text=_("Leave it empty to publish at once."),
    )
    reason = forms.CharField(
        label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), max_length=2000
    )
