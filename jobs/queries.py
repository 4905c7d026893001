"""What waits and what was given up, over all kinds of work."""

from __future__ import annotations

from django.db.models import Count
from django.utils import timezone

from conduct.queries.counting import counts_of

from .kinds import Errand, WorkKind, every_kind
from .models import Trouble


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
    return sum(counts_of([kind.set_aside() for kind in every_kind()]))


def waiting_for_space() -> list[tuple[WorkKind, int]]:
    """The kinds of work that wait for room on the disk, with how many of each."""
    stuck = Trouble.objects.filter(no_space_since__isnull=False, set_aside_at=None)
    numbers = dict(stuck.order_by().values_list("kind").annotate(number=Count("pk")))
    rows = [kind for kind in every_kind() if not isinstance(kind, Errand)]
    counted = counts_of([kind.without_space() for kind in rows])
    numbers |= {kind.slug: number for kind, number in zip(rows, counted, strict=True)}
    return [(kind, numbers[kind.slug]) for kind in every_kind() if numbers.get(kind.slug)]
