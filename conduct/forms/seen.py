"""What somebody had read when they decided, carried from the page to the decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

SEEN = "seen"
_LONGEST = 60


class _WhatStands(forms.HiddenInput):
    """A mark that is shown as it was sent, until the page tells that something else stands now."""

    def __init__(self, now: str) -> None:
        super().__init__()
        self.now = now
        self.is_told = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, self.now if self.is_told else value, attrs)


def carry_seen(
    form: forms.BaseForm, request: HttpRequest, now: str, *, is_beside: bool = False
) -> None:
    """Let the form carry what its reader has read, as a mark that the action compares.

    It stands in the address of the link by which they came; `now` is the mark of what stands, for who
    came by no such link. A form that is shown again carries what it was sent with: who is told that
    something changed reads that first. Where what stands `is_beside` the form, they have read it once
    they are told (see `change_was_told`), and press once more; a page that says only that a field is
    wrong has told nobody of anything.
    """
    form.fields[SEEN] = forms.CharField(
        required=False,
        max_length=_LONGEST,
        widget=_WhatStands(now) if is_beside else forms.HiddenInput(),
        initial=now if is_beside else request.GET.get(SEEN, now),
    )


def change_was_told(form: forms.BaseForm) -> None:
    """Let the form, where what stands is beside it, carry the mark of that: the page says it changed."""
    widget = form.fields[SEEN].widget if SEEN in form.fields else None
    if isinstance(widget, _WhatStands):
        widget.is_told = True


def mark_on(form: forms.BaseForm) -> str:
    """The mark that the page of the form carries, for its other links and buttons."""
    bound = form[SEEN]
    widget = bound.field.widget
    if isinstance(widget, _WhatStands) and widget.is_told:
        return widget.now
    return bound.value() or ""
