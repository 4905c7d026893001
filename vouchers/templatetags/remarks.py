"""What was written as a remark, by part and row, and is not sent yet."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.simple_tag
def remark_written(written: Mapping[tuple[int, str], str] | str, part: int, key: str) -> str:
    """The remark on a row (its key; empty for the part) that was not sent yet."""
    return written.get((int(part), key), "") if written else ""  # type: ignore[union-attr]
