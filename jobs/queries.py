"""What waits and what was given up, over all kinds of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from conduct.queries.counting import counts_in, keys_of
from conduct.queries.prepared import Statement, statement

from .kinds import WorkKind, every_kind


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
    return sum(counts_in([asked_of(kind, WorkKind.set_aside) for kind in every_kind()]))


def waiting_for_space() -> list[tuple[WorkKind, int]]:
    """The kinds of work that wait for room on the disk, with how many of each; one query."""
    kinds = every_kind()
    counted = counts_in([asked_of(kind, WorkKind.without_space) for kind in kinds])
    return [(kind, number) for kind, number in zip(kinds, counted, strict=True) if number]


def asked_of(kind: WorkKind, read: Callable[[WorkKind], QuerySet[Any]]) -> Statement:
    """The statement that counts what a read of every kind of work finds of one; written once."""
    name = read.__name__
    return statement((name, kind.slug), lambda _nobody: keys_of(getattr(kind, name)()), None)
