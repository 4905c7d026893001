"""What a provider handed over."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from files.wording.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS

from .texts import text_area


class DeliverableForm(forms.Form):
    """What the provider handed over."""

    summary = forms.CharField(label=_("What was delivered"), widget=text_area(4), max_length=5000)
    file = forms.FileField(
        label=_("File"),
        help_text=ACCEPTED_IN_WORDS,
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
    )
