"""A file that is added to a report in one piece, where no script sends it in several."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReportFileForm(forms.Form):
    """The file."""

    file = forms.FileField(label=_("File"))
