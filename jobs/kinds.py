"""Which kinds of background work there are: each room registers its own, in its jobs.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.functional import Promise

from conduct.actions.queueing import queue_after_commit

from .models import Job, Trouble


@dataclass(frozen=True)
class Kind:
    """One kind of work: its words, and the queue of its tasks."""

    slug: str
    title: str | Promise
    queue: str

    def waiting_since(self) -> datetime | None:
        """Since when (UTC) the oldest that is not done yet waits; None where nothing waits."""
        raise NotImplementedError

    def set_aside(self) -> QuerySet[Any]:
        """What was given up, the newest first."""
        raise NotImplementedError

    def without_space(self) -> QuerySet[Any]:
        """What waits for room on the disk, the oldest first."""
        raise NotImplementedError

    def again(self, found: Any) -> None:
        """Try anew what was given up, and queue it. Who may ask is for the caller to say."""
        raise NotImplementedError


@dataclass(frozen=True)
class Rows(Kind):
    """Jobs that are rows of their own (jobs.models.Job)."""

    model: type[Job]
    # The Celery task that does it, given the row's key.
    task: Any
    # The field that tells when it was asked for.
    since: str
    # What a person may call the job; its text otherwise.
    label: Callable[[Any], str] = str
    # Those of the rows that count: a letter that was withdrawn meanwhile needs no file.
    within: Mapping[str, object] = field(default_factory=dict)
    # What else becomes of a row that is tried anew, saved by itself.
    renew: Callable[[Any], None] | None = None

    def waiting_since(self) -> datetime | None:
        pending = self._in("pending")
        return pending.aggregate(since=Min(self.since))["since"]

    def set_aside(self) -> QuerySet[Any]:
        return self._in("failed").order_by("-next_attempt_at")

    def without_space(self) -> QuerySet[Any]:
        waiting = self._in("pending").filter(no_space_since__isnull=False)
        return waiting.order_by("no_space_since")

    def _in(self, state: str) -> QuerySet[Any]:
        # The state stands in each model itself, whose others differ.
        rows: QuerySet[Any] = self.model._default_manager.all()  # type: ignore[attr-defined]
        return rows.filter(**{"state": state, **self.within})

    def again(self, found: Any) -> None:
        from .attempts import revive

        row = revive(found)
        if self.renew:
            self.renew(row)
        key = row.pk
        queue_after_commit(self.task, key if isinstance(key, int) else str(key))


@dataclass(frozen=True)
class Errand(Kind):
    """Work on records that are no jobs themselves; what fails is kept as Trouble."""

    # What somebody may call the record, given its key.
    label: Callable[[str], str] = field(default=lambda key: key)
    patience: timedelta = timedelta()
    max_attempts: int = 5
    # Once set aside it is tried after so long all the same; None: only when somebody asks.
    retry_every: timedelta | None = None
    # Since when the oldest waits, where the room can tell.
    oldest: Callable[[], datetime | None] | None = None
    # The Celery task that does it, given the record's number; None where the next sweep does.
    task: Any = None

    def waiting_since(self) -> datetime | None:
        return self.oldest() if self.oldest else None

    def set_aside(self) -> QuerySet[Trouble]:
        found = Trouble.objects.filter(kind=self.slug, set_aside_at__isnull=False)
        return found.order_by("-set_aside_at")

    def without_space(self) -> QuerySet[Trouble]:
        waiting = Trouble.objects.filter(
            kind=self.slug, no_space_since__isnull=False, set_aside_at=None
        )
        return waiting.order_by("no_space_since")

    def again(self, found: Trouble) -> None:
        from .trouble import revive

        revive(found)
        if self.task:
            queue_after_commit(self.task, int(found.key))


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind of work known. Raises ValueError for a slug that is taken."""
    if kind.slug in _kinds and _kinds[kind.slug] != kind:
        raise ValueError(f"{kind.slug} is registered already")
    _kinds[kind.slug] = kind


def every_kind() -> list[Kind]:
    """All kinds of work, in the order of their queues and names."""
    return sorted(_kinds.values(), key=lambda kind: (kind.queue, kind.slug))


def kind_called(slug: str) -> Kind:
    """The kind with this slug. Raises KeyError where there is none."""
    return _kinds[slug]
