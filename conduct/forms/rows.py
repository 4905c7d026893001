"""Rows that grow by a button, with or without JavaScript."""

from __future__ import annotations

from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest, QueryDict

from inputs.rules.numbers import sent_number

ADD_ROW = "add_row"


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
