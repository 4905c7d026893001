"""What waits and what was given up, over all kinds of work."""

from __future__ import annotations

from django.utils import timezone

from .kinds import every_kind


def oldest_by_queue() -> dict[str, int]:
    """By queue: how many seconds the job waits that should have been done first; 0 for none."""
    now = timezone.now()
    found: dict[str, int] = {}
    for kind in every_kind():
        since = kind.waiting_since()
        age = max(0, round((now - since).total_seconds())) if since else 0
        found[kind.queue] = max(found.get(kind.queue, 0), age)
    return found


def number_set_aside() -> int:
    """How many jobs of any kind wait for somebody to look."""
    return sum(kind.set_aside().count() for kind in every_kind())
