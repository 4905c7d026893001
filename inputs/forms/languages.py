"""Texts in every language of the portal, side by side."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from i18nfield.forms import I18nFormField, I18nTextarea, I18nTextInput


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
