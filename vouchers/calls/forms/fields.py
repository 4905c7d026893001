"""Fields that calls need: instants in programme time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from conduct.forms import EndField, EndInput
from conduct.queries.days import PROGRAMME_ZONE

PROGRAMME_TIME = _("Programme time: the clock of Brussels (Europe/Brussels).")


class ProgrammeTimeField(forms.DateTimeField):
    """An instant that is typed, and shown again, in programme time, whatever the person's zone.

    A time that the change to or from summer time skips or repeats is refused with a sentence.
    """

    widget = EndInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.help_text = format_lazy("{} {}", self.help_text, PROGRAMME_TIME)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(PROGRAMME_ZONE):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(PROGRAMME_ZONE):
            return super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another minute was typed: the browser's picker knows no seconds."""
        try:
            typed = self.to_python(data)
        except forms.ValidationError:
            return True
        return _minute(initial) != _minute(typed)


class ProgrammeEndField(ProgrammeTimeField, EndField):
    """An end in programme time: 23:59 means the whole day."""


def _minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None
