"""Forms that several rooms share: a reason, a day, and rows that grow by a button."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from inputs.numbers import sent_number
from inputs.widgets import PlainDateInput, PlainDateTimeInput

from . import days

ADD_ROW = "add_row"


class ReasonForm(forms.Form):
    """Why something is returned or taken back."""

    reason = forms.CharField(
        label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), max_length=2000
    )


class DayInput(PlainDateInput):
    """A day, in the browser's own picker, whatever the language."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class EndInput(PlainDateTimeInput):
    """An instant, in the browser's own picker, which knows no seconds."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class EndField(forms.DateTimeField):
    """An instant at which something ends, typed in the active time zone.

    23:59 means the whole day, as everybody means it who types it: until 23:59:59, and where the
    clock repeats that hour, the second time. Any other time that summer time skips or repeats is
    refused with a sentence.
    """

    widget = EndInput

    def to_python(self, value: Any) -> datetime | None:
        typed = parse_datetime(value.strip()) if isinstance(value, str) else None
        if typed and timezone.is_naive(typed) and (typed.hour, typed.minute) == (23, 59):
            return days.end_of(typed.date(), timezone.get_current_timezone())
        return super().to_python(value)


class RowFormSet(BaseFormSet):
    """A formset whose rows are added by a submit button and taken out by their own check box."""

    def rows(self) -> list[dict[str, Any]]:
        """The clean values of every row that is filled in and not taken out, in order."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


def typed_rows(request: HttpRequest, prefix: str = "form") -> QueryDict | None:
    """What was typed, with an empty row below where “Add a row” was pressed; None on a visit."""
    if request.method != "POST":
        return None
    if ADD_ROW not in request.POST:
        return request.POST
    grown = request.POST.copy()
    total = f"{prefix}-TOTAL_FORMS"
    grown[total] = str(sent_number(request.POST.get(total, "")) + 1)
    return grown


def saves_rows(request: HttpRequest) -> bool:
    """Whether the person pressed “Save” and not “Add a row”."""
    return request.method == "POST" and ADD_ROW not in request.POST
