"""Noting that a link was opened."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy

from conduct.actions import action, locked
from links.models import PersonalLink

AnyLink = TypeVar("AnyLink", bound=PersonalLink)

# A page that is read again within it is no other opening.
_APART = timedelta(minutes=10)


@action(gettext_lazy("Personal link opened"))
def note_opening(link: AnyLink, *, by: PersonalLink) -> AnyLink:
    """Note when it was opened first, and last (to ten minutes)."""
    now = timezone.now()
    if link.last_opened_at is not None and now - link.last_opened_at < _APART:
        return link
    link = locked(link)
    if link.opened_at is None:
        link.opened_at = now
    link.last_opened_at = now
    link.save(update_fields=["opened_at", "last_opened_at"])
    return link
