"""What pages of providers need besides."""

from __future__ import annotations

from collections.abc import Collection

from django import template

from vouchers.providers.panels import countries_named as named

register = template.Library()


@register.filter
def countries_named(codes: Collection[str]) -> str:
    """The countries of some codes, in words of the active language."""
    return named(codes)
