"""What is asked before the press."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from .kinds import BulkAction


class PressForm(forms.Form):
    """The words that go with every row, where the action needs any."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))

    def __init__(self, *args: Any, chosen: BulkAction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not chosen.asks:
            del self.fields["words"]
            return
        field = self.fields["words"]
        field.label, field.help_text = str(chosen.asks), str(chosen.hint)
        field.validators.append(MaxLengthValidator(chosen.longest))
        field.widget.attrs["maxlength"] = chosen.longest
