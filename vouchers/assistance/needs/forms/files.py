"""A file that goes with a record of needs, as somebody adds it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.wording.kinds import ACCEPTED_IN_WORDS


class NeedsFileForm(forms.Form):
    """One file."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def __init__(self, *args: Any, largest: int, **kwargs: Any) -> None:
        """`largest` is the size in bytes that the call allows."""
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = _("At most %(size)s: %(kinds)s") % {
            "kinds": ACCEPTED_IN_WORDS,
            "size": filesizeformat(largest),
        }
