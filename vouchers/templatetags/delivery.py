"""What templates say of sessions."""

from __future__ import annotations

from django import template

from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.wording import counts_of

register = template.Library()


@register.filter
def counts(session: Session) -> list[tuple[str, int]]:
    """What the session counts of what its call asks for: what is counted, and how many."""
    return counts_of(session)
