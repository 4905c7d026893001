"""The field for a longer text."""

from __future__ import annotations

from django import forms


def text_area(rows: int) -> forms.Textarea:
    """A field of so many rows, written in the direction of what is typed."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})
