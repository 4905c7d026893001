"""Which kinds of background work there are: each room registers its own, in its jobs.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils.functional import Promise

from conduct.actions.queueing import hand_over, queue_after_commit
from jobs.actions.attempts import revive
from jobs.actions.conducting import Conductor

from .models import Trouble


@dataclass(frozen=True)
class WorkKind:
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
class Rows(WorkKind):
    """Jobs that are rows of their own (jobs.models.Attempted)."""

    conductor: Conductor[Any]
    # The Celery task that does it, given the row's key.
    task: Any
    # The field that tells when it was asked for; "" where nobody counts how long it waits.
    since: str = ""
    # What a person may call the job; its text otherwise.
    label: Callable[[Any], str] = str
    # Those of the rows that count: a letter that was withdrawn meanwhile needs no file.
    within: Q = field(default_factory=Q)
    # Those that were given up and need somebody here; of the others, others hear.
    needs_somebody: Q = field(default_factory=Q)
    # What else becomes of a row that is tried anew, saved by itself.
    renew: Callable[[Any], None] | None = None
    # The field that says which rows are done first (`queue_after_commit`); "" where all are alike.
    priority: str = ""

    def waiting_since(self) -> datetime | None:
        return self._waiting().aggregate(since=Min(self.since))["since"] if self.since else None

    def set_aside(self) -> QuerySet[Any]:
        given_up = self._rows(self.conductor.model.GIVEN_UP & self.needs_somebody)
        return given_up.order_by("-next_attempt_at")

    def without_space(self) -> QuerySet[Any]:
        return self._waiting().filter(no_space_since__isnull=False).order_by("no_space_since")

    def again(self, found: Any) -> None:
        row = revive(found)
        if self.renew:
            self.renew(row)
        first = getattr(row, self.priority) if self.priority else 0
        queue_after_commit(self.task, _plain(row.pk), priority=first)

    def sweep(self, now: datetime | None = None) -> int:
        """Queue again what was lost, or whose turn has come; how many."""
        lost = self.conductor.claim_due(now)
        priorities = self._priorities(lost)
        for key in lost:
            hand_over(self.task, _plain(key), priority=priorities.get(key, 0))
        return len(lost)

    def _priorities(self, keys: list[Any]) -> dict[Any, int]:
        if not (keys and self.priority):
            return {}
        rows = self.conductor.model._default_manager.filter(pk__in=keys)
        return dict(rows.values_list("pk", self.priority))

    def _waiting(self) -> QuerySet[Any]:
        return self._rows(self.conductor.model.WAITING)

    def _rows(self, which: Q) -> QuerySet[Any]:
        return self.conductor.model._default_manager.filter(which & self.within)


def _plain(key: Any) -> int | str:
    """A key as the arguments of a task carry it."""
    return key if isinstance(key, int) else str(key)


@dataclass(frozen=True)
class Errand(WorkKind):
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
        # Here, and not above: the action looks errands up in this registry.
        from jobs.actions.trouble import revive  # noqa: PLC0415

        revive(found)
        if self.task:
            queue_after_commit(self.task, int(found.key))


_kinds: dict[str, WorkKind] = {}


def register_kind(kind: WorkKind) -> None:
    """Make a kind of work known. Raises ValueError for a slug that is taken."""
    if kind.slug in _kinds and _kinds[kind.slug] != kind:
        raise ValueError(f"{kind.slug} is registered already")
    _kinds[kind.slug] = kind


def every_kind() -> list[WorkKind]:
    """All kinds of work, in the order of their queues and names."""
    return sorted(_kinds.values(), key=lambda kind: (kind.queue, kind.slug))


def kind_called(slug: str) -> WorkKind:
    """The kind with this slug. Raises KeyError where there is none."""
    return _kinds[slug]
