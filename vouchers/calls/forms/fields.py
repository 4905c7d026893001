"""Fields that calls need: texts in three languages side by side, instants in programme time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField, I18nTextarea, I18nTextInput

from conduct.forms import EndField, EndInput
from conduct.queries.days import PROGRAMME_ZONE

PROGRAMME_TIME = _("Programme time: the clock of Brussels (Europe/Brussels).")


class _SideBySide:
    """Mixed into a widget of texts: each language below its own visible name."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        # The name of the language is above the input, not in it as well.
        with_names = {**(attrs or {}), "placeholder": ""}
        return super().render(name, value, with_names, renderer)  # type: ignore[misc]

    def format_output(self, rendered: list[str], id_: str) -> SafeString:
        parts = format_html_join(
            "",
            '<div class="in-language"><label class="in-language-name" for="{}_{}">{}</label>{}</div>',
            (
                (id_, number, settings.LANGUAGES[number][1], SafeString(widget))
                for number, widget in enumerate(rendered)
            ),
        )
        return format_html('<div class="in-languages" id="{}">{}</div>', id_ or "", parts)


class LineInEachLanguage(_SideBySide, I18nTextInput):
    """One line in each language."""


class TextInEachLanguage(_SideBySide, I18nTextarea):
    """Some lines in each language."""


def in_each_language(
    label: Any, *, lines: int = 0, required: bool = True, help_text: Any = "", most: int = 0
) -> I18nFormField:
    """A field for a text in every language, on one line or on so many `lines`.

    A draft may lack a language; the checklist of the call says which.
    """
    attrs = {"rows": lines} if lines else {}
    return I18nFormField(
        label=label,
        widget=TextInEachLanguage if lines else LineInEachLanguage,
        widget_kwargs={"attrs": attrs},
        required=required,
        help_text=help_text,
        max_length=most or None,
    )


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
