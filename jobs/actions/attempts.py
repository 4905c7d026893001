"""Attempts at a job that is a row of its own: counted before they are made, and set aside at last.

Each function takes the row under its lock and saves what it changes of these fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from conduct.actions import constraints_of, locked
from conduct.actions.space import lacks_space, note_no_space
from jobs.models import Attempted

KILLED = "The worker was killed while making it."
# What finds no room waits as long again as it has waited, within these bounds.
SHORTEST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=10)
UNTIMELY_WAIT = timedelta(minutes=5)
COUNTED = ("attempts", "last_error", "next_attempt_at", "no_space_since")
_LONGEST_ERROR = 2000

AnyAttempted = TypeVar("AnyAttempted", bound=Attempted)


class Untimely(Exception):
    """What a job needs is not there, through no fault of its own: it waits for it. Says what it is."""


def begin_attempt(job: Attempted, *, lease: timedelta | None = None) -> bool:
    """Count an attempt that is about to be made; False where the job is given up instead.

    The next attempt comes after `lease`, or after the job's patience, doubled with each attempt.
    """
    if job.attempts >= job.MAX_ATTEMPTS:
        set_aside(job, job.last_error or KILLED)
        return False
    job.attempts += 1
    job.next_attempt_at = timezone.now() + (pause_after(job) if lease is None else lease)
    job.save(update_fields=COUNTED)
    return True


def pause_after(job: Attempted) -> timedelta:
    """How long a job is left alone after the attempts that were made."""
    return job.PATIENCE * 2 ** max(0, job.attempts - 1)


def note_failure(job: Attempted, error: Exception) -> bool:
    """Keep why an attempt failed; whether it was the last, so that the job is set aside.

    A change of `next_attempt_at` is saved as well. An attempt that found no room, or not what it needs
    (`Untimely`), does not count.
    """
    if is_its_own_fault(job, error) and job.attempts >= job.MAX_ATTEMPTS:
        set_aside(job, job.last_error)
        return True
    job.save(update_fields=COUNTED)
    return False


def is_its_own_fault(job: Attempted, error: Exception) -> bool:
    """Put down why an attempt failed; whether it counts, as all do but those that found no room
    or not what they need.

    The caller saves it.
    """
    job.last_error = told(error)
    if lacks_space(error):
        _wait_for_space(job, error)
        return False
    job.no_space_since = None
    if isinstance(error, Untimely):
        job.attempts = max(0, job.attempts - 1)
        job.next_attempt_at = timezone.now() + UNTIMELY_WAIT
        return False
    return True


def _wait_for_space(job: Attempted, error: Exception) -> None:
    """Take back an attempt that found no room, and put the next one off."""
    note_no_space(error)
    now = timezone.now()
    job.attempts = max(0, job.attempts - 1)
    job.no_space_since = job.no_space_since or now
    waited = now - job.no_space_since
    job.next_attempt_at = now + min(max(waited, SHORTEST_WAIT), LONGEST_WAIT)


def set_aside(job: Attempted, error: str) -> None:
    """Give a job up: it is shown to those who look after it, and tried again when they ask."""
    job.last_error, job.no_space_since = error, None
    job.give_up()
    job.save(update_fields=(*COUNTED, *job.ENDS_IN))


@transaction.atomic
def revive(job: AnyAttempted) -> AnyAttempted:
    """Try a job anew that was set aside; the row as it is now.

    Raises OutOfOrder for one that was not, Refused where another of its kind is under way.
    """
    job = locked(job)
    job.take_up()
    job.attempts, job.next_attempt_at = 0, job.first_turn()
    with constraints_of(type(job)):
        job.save(update_fields=(*COUNTED, *job.ENDS_IN))
    return job


def claim_due(
    jobs: QuerySet[Any],
    *,
    limit: int,
    now: datetime | None = None,
    order: Sequence[str] = ("next_attempt_at",),
    **changes: object,
) -> list[Any]:
    """The keys of those among the waiting `jobs` whose turn has come, at most `limit`, to be queued,
    in their `order`.

    Each is left alone for its patience from then on, so that queues do not grow. Rows that a worker
    holds are passed by; `changes` are made to the others.
    """
    now = now or timezone.now()
    model = jobs.model
    with transaction.atomic():
        due = list(
            jobs.filter(next_attempt_at__lte=now)
            .select_for_update(skip_locked=True, of=("self",))
            .order_by(*order)
            .values_list("pk", flat=True)[:limit]
        )
        model._default_manager.filter(pk__in=due).update(
            next_attempt_at=now + model.PATIENCE, **changes
        )
    return due


def told(error: BaseException) -> str:
    """An error in one line, short enough to be kept."""
    return f"{type(error).__name__}: {error}"[:_LONGEST_ERROR].replace("\x00", "")
