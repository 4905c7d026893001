"""What pages need of the reader of numbers where no form field renders them."""

from __future__ import annotations

from django import template
from django.utils.formats import get_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from inputs import wording as sentences
from inputs.forms import widgets
from inputs.rules.numbers import Shape

register = template.Library()


@register.simple_tag
def number_words() -> SafeString:
    """Attributes for the script: how the language writes numbers, and what the browser says of them."""
    return format_html(
        'data-decimal-mark="{}" data-group-mark="{}" data-read-as="{}" data-unclear="{}"',
        get_format("DECIMAL_SEPARATOR"),
        get_format("THOUSAND_SEPARATOR"),
        sentences.read_words() % {"number": "{}"},
        sentences.unclear_words() % {"one": "{}", "other": "{}"},
    )


@register.filter
def number_attrs(shape: Shape) -> SafeString:
    """The attributes of an input for numbers of this shape."""
    attrs = {"inputmode": "decimal", "dir": "ltr", **widgets.shape_attrs(shape)}
    return format_html_join(" ", '{}="{}"', attrs.items())


@register.simple_tag
def number_read(field: str, text: str, shape: Shape) -> SafeString:
    """The place beside an input (its id) that says what its text was read as."""
    return widgets.beside(field, text, shape)
