"""Where vouchers stand, in words, for pages and notices."""

from __future__ import annotations

from typing import Any

from django import template

from vouchers.standing import wording
from vouchers.standing.models import Party, Standing

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
def whose(standing: Standing) -> str:
    """Whose turn it is: a country partner by its name."""
    return wording.who(standing.party, standing.voucher)


@register.filter
def waited_for(facts: dict[str, Any]) -> str:
    """Who is waited for since when, by the facts of a reminder: party, named, task, day and about."""
    party = facts["named"] or str(Party(facts["party"]).label)
    return wording.waiting_for(party, facts["task"], facts["day"], facts["about"])
