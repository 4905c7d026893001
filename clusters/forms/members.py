"""What people type about the members of a cluster."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.models import Member
from clusters.rules.encodings import Letters
from conduct.queries.days import today
from inputs.forms.fields import YearField


class MemberForm(forms.ModelForm):
    """One member."""

    class Meta:
        model = Member
        fields = ("name", "kind", "size", "town", "joined", "left")
        field_classes = {"joined": YearField, "left": YearField}
        widgets = {
            "name": forms.TextInput(attrs={"dir": "auto"}),
            "town": forms.TextInput(attrs={"dir": "auto"}),
        }


class LeftForm(forms.Form):
    """In which year a member left."""

    year = YearField(label=_("Year of leaving"), min_value=1900, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = today().year


class ListForm(forms.Form):
    """A list of members to upload."""

    file = forms.FileField(
        label=_("List of members"),
        help_text=_("CSV or Excel (.xlsx), at most 2 MB and 5,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Look whether it opens on your computer."),
        },
    )
    letters = forms.TypedChoiceField(
        label=_("Letters of the file"),
        required=False,
        coerce=Letters,
        empty_value=None,
        choices=[
            ("", _("found out from the file")),
            (Letters.FRENCH, _("French (Windows-1252)")),
            (Letters.ARABIC, _("Arabic (Windows-1256)")),
        ],
        help_text=_("Only for a CSV file that shows wrong letters."),
    )
