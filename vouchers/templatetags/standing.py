"""Where vouchers stand, in words, for pages and notices."""

from __future__ import annotations

from typing import Any

from django import template

from vouchers.standing.models import Standing
from vouchers.standing.wording import days_waiting, reasons_in_words, waiting_for, whose_turn

register = template.Library()


@register.filter
def turn(standing: Standing) -> str:
    """Whose turn it is, for what and since when."""
    return whose_turn(standing)


@register.filter
def waiting(standing: Standing) -> str:
    """For how long somebody has been waited for; empty where nobody is."""
    return days_waiting(standing)


@register.filter
def reasons(standing: Standing) -> list[str]:
    """Why its light is not green."""
    return reasons_in_words(standing)


@register.filter
def waited_for(facts: dict[str, Any]) -> str:
    """The same for the facts of a reminder: party, task, day and about."""
    return waiting_for(facts["party"], facts["task"], facts["day"], facts["about"])
