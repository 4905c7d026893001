"""Where vouchers stand, in words, for pages and notices."""

from __future__ import annotations

from typing import Any

from django import template

from vouchers.standing import wording
from vouchers.standing.models import Standing

register = template.Library()


@register.filter
def turn(standing: Standing) -> str:
    """Whose turn it is, for what and since when."""
    return wording.whose_turn(standing)


@register.filter
def since_when(standing: Standing) -> str:
    """Since when somebody is waited for, or until when there is time."""
    return wording.since_when(standing)


@register.filter
def reasons(standing: Standing) -> list[str]:
    """Why its light is not green."""
    return wording.reasons_in_words(standing)


@register.filter
def waited_for(facts: dict[str, Any]) -> str:
    """The same for the facts of a reminder: party, task, day and about."""
    return wording.waiting_for(facts["party"], facts["task"], facts["day"], facts["about"])
