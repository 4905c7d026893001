"""Kept pictures in letters."""

from __future__ import annotations

from django import template

from documents.rendering.pictures import printed_logo, printed_picture

register = template.Library()


@register.filter
def as_printed(name: str) -> str:
    """The address of a kept picture, by its name in the storage, for an <img> of a letter."""
    return printed_picture(name)


@register.filter
def as_printed_logo(name: str) -> str:
    """The address of a kept logo, by its name in the storage, for an <img> of a letter."""
    return printed_logo(name)
