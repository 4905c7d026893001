"""What somebody had read when they decided, carried from the page to the decision."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

SEEN = "seen"
_LONGEST = 60


def carry_seen(form: forms.BaseForm, request: HttpRequest, now: str) -> None:
    """Let the form carry what its reader has read, as a mark that the action compares.

    It stands in the address of the link by which they came; `now` is the mark of what stands, for who
    came by no such link. A form that is shown again carries what it was sent with: who is told that
    something changed reads that first.
    """
    form.fields[SEEN] = forms.CharField(
        required=False,
        max_length=_LONGEST,
        widget=forms.HiddenInput,
        initial=request.GET.get(SEEN, now),
    )
