"""Who else is writing in a draft right now. Kept in the cache alone: it is true for seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Model

from accounts.models import User

# A page says every 15 seconds that it is there; one that missed two is gone.
SECONDS = 40


@dataclass(frozen=True)
class Presence:
    """A person in a section of the form (its place, from 1)."""

    name: str
    place: int


def note_presence(draft: Model, user: User, place: int) -> list[Presence]:
    """Note that the person is in a section of a draft; returns who else is there, by name."""
    key, now = f"writing:{draft._meta.label_lower}:{draft.pk}", time.time()
    known = cache.get(key) or {}
    here = {person: entry for person, entry in known.items() if now - entry[2] < SECONDS}
    here[user.pk] = (str(user), place, now)
    cache.set(key, here, SECONDS)
    others = [Presence(name, at) for person, (name, at, _) in here.items() if person != user.pk]
    return sorted(others, key=lambda presence: presence.name)
