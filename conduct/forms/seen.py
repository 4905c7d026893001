"""What somebody had read when they decided, carried from the page to the decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

SEEN = "seen"
_LONGEST = 60


class _WhatStands(forms.HiddenInput):
    """A mark that is read as it was sent, and shown as it is now."""

    def __init__(self, now: str) -> None:
        super().__init__()
        self.now = now

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        del value
        return super().get_context(name, self.now, attrs)


def carry_seen(
    form: forms.BaseForm, request: HttpRequest, now: str, *, is_beside: bool = False
) -> None:
    """Let the form carry what its reader has read, as a mark that the action compares.

    It stands in the address of the link by which they came; `now` is the mark of what stands, for who
    came by no such link. A form that is shown again carries what it was sent with: who is told that
    something changed reads that first. Where what stands `is_beside` the form, they have read it then,
    and press once more.
    """
    form.fields[SEEN] = forms.CharField(
        required=False,
        max_length=_LONGEST,
        widget=_WhatStands(now) if is_beside else forms.HiddenInput(),
        initial=now if is_beside else request.GET.get(SEEN, now),
    )
