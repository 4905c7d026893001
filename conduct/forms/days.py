"""Days and instants, picked or typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from conduct.queries import days
from inputs.forms.widgets import PlainDateInput, PlainDateTimeInput


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
