"""Inputs that give clean values whatever was pasted, and the one for numbers that says what it read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inputs import wording as sentences
from inputs.rules.marks import plain_line
from inputs.rules.numbers import Shape

# A number, code or address runs from left to right on an Arabic page too.
_CODE_ATTRS = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


class _PlainLine:
    """Mixed into an input: what was pasted loses its invisible marks before anything checks it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        return plain_line(value) if isinstance(value, str) else value


class CodeInput(_PlainLine, forms.TextInput):
    """A code of any kind: registration, account, reference, postcode, number of an invoice."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({**_CODE_ATTRS, **(attrs or {})})


class PhoneInput(_PlainLine, forms.TextInput):
    """A telephone number."""

    input_type = "tel"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"dir": "ltr", "autocomplete": "tel", **(attrs or {})})


class PlainEmailInput(_PlainLine, forms.EmailInput):
    """An e-mail address."""


class PlainURLInput(_PlainLine, forms.URLInput):
    """The address of a page."""


class PlainDateInput(_PlainLine, forms.DateInput):
    """A day."""


class PlainDateTimeInput(_PlainLine, forms.DateTimeInput):
    """An instant."""


class NumberInput(forms.TextInput):
    """A number, typed as people write numbers; beside it stands what was understood.

    A field of type `number` would not do: browsers take 25,50 for 2550 in one language and drop it
    in another. Without JavaScript what was understood shows when the page comes back.
    """

    def __init__(self, shape: Shape, attrs: Mapping[str, Any] | None = None) -> None:
        self.shape = shape
        super().__init__(
            {
                "dir": "ltr",
                "autocomplete": "off",
                "inputmode": "decimal",
                **shape_attrs(shape),
                **(attrs or {}),
            }
        )

    def format_value(self, value: Any) -> str | None:
        """What was typed stands as it was; a number that is kept is written for the reader."""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return sentences.as_typed(Decimal(value), self.shape)
        return super().format_value(value)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        return format_html(
            "{}{}", field, beside((attrs or {}).get("id", ""), self.format_value(value), self.shape)
        )


def shape_attrs(shape: Shape) -> dict[str, str]:
    """What tells the browser's reader which numbers are asked for."""
    return {"data-number": shape.alone.value, "data-places": str(shape.places)}


def beside(field: str, text: str | None, shape: Shape) -> SafeString:
    """The place beside a field (its id) that says what its text was read as."""
    return format_html(
        '<output class="number-read" for="{}" data-read>{}</output>',
        field,
        sentences.understood(text or "", shape),
    )
