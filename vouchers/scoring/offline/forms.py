"""What an assessor uploads after working without a line."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """A scoring workbook that was filled in."""

    file = forms.FileField(
        label=_("Your workbook"),
        help_text=_("The Excel file (.xlsx) that you downloaded here, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Look whether it opens on your computer."),
        },
    )
