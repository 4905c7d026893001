"""Days and instants, picked or typed."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_location
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

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


class InstantField(forms.DateTimeField):
    """An instant typed on the clock of the active time zone, which its help text names.

    A time that the clock skips, or shows twice, when summer time begins or ends is refused with a
    sentence that says which.
    """

    widget = EndInput

    def to_python(self, value: Any) -> datetime | None:
        typed = parse_datetime(value.strip()) if isinstance(value, str) else None
        if typed and timezone.is_naive(typed):
            refuse_unclear(typed, timezone.get_current_timezone())
        return super().to_python(value)


def refuse_unclear(typed: datetime, zone: tzinfo) -> None:
    """Raise ValidationError where the clock of `zone` never shows what was typed, or shows it twice."""
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return
    told = {"time": f"{typed:%H:%M}", "city": clock_of(zone)}
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != typed:
        raise ValidationError(
            _("%(time)s does not exist on this day: the clock of %(city)s is put forward.") % told,
            code="skipped",
        )
    raise ValidationError(
        _(
            "%(time)s comes twice on this day: the clock of %(city)s is put back. "
            "Choose an earlier or a later time."
        )
        % told,
        code="repeated",
    )


def clock_of(zone: tzinfo) -> str:
    """The city by which people know the clock of a zone, in the active language."""
    if not isinstance(zone, ZoneInfo):
        return str(zone)
    locale = Locale.parse(to_locale(get_language() or "en"))
    return get_timezone_location(zone, locale, return_city=True)
