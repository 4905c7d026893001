"""How the jobs of a kind are done: each by one worker, once, whatever dies in between.

A job is a row before it is a task. A worker counts its attempt, does the job, and commits what was
made together with the row's state. A worker that is killed leaves the row waiting; the sweeper
(`jobs.tasks.sweep_jobs`) queues it again, and after its last attempt it is set aside, which the page
of background work shows. **A new kind of job** is written so:

1. `models.py`: a model below `MadeJob` (done within seconds, under the row's lock) or `LongJob`
   (minutes; its worker renews a lease as it tells its progress), with `@follows_its_flow`, an index on
   `next_attempt_at` where `state="pending"`, and a constraint of what a ready row has.
2. `actions`: a conductor, `class Making(MakingConductor[Export])`, whose `make(job)` sets what is made
   and returns the names of those fields (`discard` takes a stored file back), or a `LongConductor` with
   `make(job, tell)` and `keep(job, result)`; and `EXPORTS = Making()`.
3. `tasks.py`: a task that calls `EXPORTS.conduct(key)`; its name is in a queue of
   `nextsociety.queues`.
4. `jobs.py`: `register_kind(Rows(slug=…, title=…, queue=…, conductor=EXPORTS, task=…, since=…))`.
5. The action that asks creates the row with `next_attempt_at=Export.first_turn()` and calls
   `queue_after_commit(task, row.pk)`.
6. The page: a template that extends `jobs/_panel.html` (see there), polled at an address of the room.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import uuid4

import pghistory
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from conduct.actions import move
from jobs.actions.attempts import (
    Untimely,
    begin_attempt,
    claim_due,
    note_failure,
    pause_after,
    set_aside,
    told,
)
from jobs.models import Attempted, LongJob, MadeJob

logger = logging.getLogger(__name__)

AnyJob = TypeVar("AnyJob", bound=Attempted)
AnyMade = TypeVar("AnyMade", bound=MadeJob)
AnyLong = TypeVar("AnyLong", bound=LongJob)
Result = TypeVar("Result")
# Says how much is done, of how much; raises TakenOver where another worker is at it by now.
Tell = Callable[[int, int], None]


class TakenOver(Exception):
    """Another worker does the job by now."""


class Hopeless(Exception):
    """The job would end the same way each time: it is set aside at once. Raise it from the cause."""


class Conductor(ABC, Generic[AnyJob]):
    """Does the jobs of one model, and finds those that were lost."""

    model: type[AnyJob]
    # What the history of the rows calls the work; "" for the name of the conductor itself.
    action = ""
    # Relations that the work reads.
    along: tuple[str, ...] = ()
    # One sweep hands out so many; the next comes seconds later.
    sweep_limit = 500
    # Which of them first.
    sweep_order: tuple[str, ...] = ("next_attempt_at",)

    @abstractmethod
    def work(self, begun: AnyJob) -> bool:
        """Do what was begun; whether it is done.

        Whatever it raises is noted on the row, which waits longer before each further attempt.
        """

    def may_begin(self, job: AnyJob) -> bool:
        """Whether the job's turn has come; no attempt is counted where it has not."""
        return True

    def after_giving_up(self, job: AnyJob) -> None:
        """What follows, in the same transaction, once a job was set aside."""

    def after_failure(self, job: AnyJob, error: BaseException) -> None:
        """What else is kept of an attempt that failed, in the transaction that notes it."""

    def waiting(self) -> QuerySet[AnyJob]:
        """The rows that wait for a worker, or for another once theirs has died."""
        return self.model._default_manager.filter(self.model.WAITING)

    def conduct(self, key: Any) -> bool:
        """Do the job with this key; whether this call did it.

        Does nothing where it is done already, was set aside, or another worker is at it.
        """
        begun: AnyJob | None = None
        try:
            begun = self.begin(key)
            return begun is not None and self.work(begun)
        except TakenOver:
            return False
        except Hopeless as hopeless:
            logger.warning("%s %s is given up: %s", self._name, key, hopeless.__cause__)
            self._give_up(key, begun, hopeless)
        except Untimely as error:
            logger.warning("%s %s waits: %s", self._name, key, error)
            self._note_failure(key, begun, error)
        except Exception as error:
            logger.exception("%s %s failed", self._name, key)
            self._note_failure(key, begun, error)
        return False

    def claim_due(self, now: datetime | None = None) -> list[Any]:
        """The keys of the jobs to queue again, whose task or worker was lost or whose turn has come."""
        return claim_due(self.waiting(), limit=self.sweep_limit, now=now, order=self.sweep_order)

    def begin(self, key: Any) -> AnyJob | None:
        """Count the attempt before it is made: a job that kills every worker must end too.

        The row as it is begun; None where there is nothing to do.
        """
        with self.in_one_step():
            job = self.held(key)
            if job is None or not self.may_begin(job):
                return None
            if self._counted(job):
                return job
            self.after_giving_up(job)
            return None

    def held(self, key: Any) -> AnyJob | None:
        """The waiting row, locked; None where another worker holds it, or it waits no more."""
        rows = self.model._default_manager.select_for_update(skip_locked=True, of=("self",))
        return rows.select_related(*self.along).filter(self.model.WAITING, pk=key).first()

    @contextmanager
    def in_one_step(self) -> Iterator[None]:
        """One transaction, in which the history of the rows names the work: what nobody names is
        taken for a change by hand."""
        named = self.action or type(self).__name__
        with pghistory.context(action=named), transaction.atomic():
            yield

    def _counted(self, job: AnyJob) -> bool:
        return begin_attempt(job)

    def _mine(self, key: Any, _begun: AnyJob | None) -> AnyJob | None:
        return self.held(key)

    def _note_failure(self, key: Any, begun: AnyJob | None, error: Exception) -> None:
        with self.in_one_step():
            job = self._mine(key, begun)
            if job is None:
                return
            self.after_failure(job, error)
            if note_failure(job, error):
                self.after_giving_up(job)

    def _give_up(self, key: Any, begun: AnyJob | None, hopeless: Hopeless) -> None:
        with self.in_one_step():
            job = self._mine(key, begun)
            if job is not None:
                self.after_failure(job, hopeless.__cause__ or hopeless)
                set_aside(job, told(hopeless.__cause__ or hopeless))
                self.after_giving_up(job)

    @property
    def _name(self) -> str:
        return self.model._meta.object_name or ""


class ShortConductor(Conductor[AnyJob]):
    """Does what takes seconds, while the row is locked."""

    @abstractmethod
    def do(self, job: AnyJob) -> bool:
        """Do the job and save what becomes of its row; whether it is done."""

    def work(self, begun: AnyJob) -> bool:
        with self.in_one_step():
            job = self.held(begun.pk)
            return job is not None and self.do(job)


class MakingConductor(ShortConductor[AnyMade]):
    """Makes something within seconds."""

    @abstractmethod
    def make(self, job: AnyMade) -> Sequence[str]:
        """Make it, and set on the row what it becomes; the names of the fields that were set."""

    def discard(self, job: AnyMade) -> None:
        """Take back what was stored beside the database, since the row could not be saved."""

    def do(self, job: AnyMade) -> bool:
        _save_ready(job, self.make(job), self.discard)
        return True


class LongConductor(Conductor[AnyLong], Generic[AnyLong, Result]):
    """Makes something that takes minutes, outside of a transaction.

    A worker takes a lease that it renews as it tells its progress. When it dies, the lease runs out
    and another takes over; the first, should it live on, finds another name on the row and gives up.
    """

    # How long a worker may be silent before it is taken for dead.
    lease = timedelta(minutes=2)
    sweep_limit = 50

    @abstractmethod
    def make(self, job: AnyLong, tell: Tell) -> Result:
        """Make it; nothing is locked meanwhile."""

    @abstractmethod
    def keep(self, job: AnyLong, result: Result) -> Sequence[str]:
        """Set on the locked row what it becomes; the names of the fields that were set."""

    def discard(self, job: AnyLong) -> None:
        """Take back what was stored beside the database, since the row could not be saved."""

    def pause(self, job: AnyLong) -> timedelta:
        """How long the job is left alone after an attempt that failed."""
        return pause_after(job)

    def claim_due(self, now: datetime | None = None) -> list[Any]:
        return claim_due(self.waiting(), limit=self.sweep_limit, now=now, run=None)

    def work(self, begun: AnyLong) -> bool:
        result = self.make(begun, partial(self.tell, begun))
        with self.in_one_step():
            job = self._rows_of(begun).select_for_update().first()
            if job is None:
                raise TakenOver
            job.run, job.done = None, job.total
            fields = self.keep(job, result)
            _save_ready(job, [*fields, "run", "done"], self.discard)
        return True

    def tell(self, begun: AnyLong, done: int, total: int) -> None:
        """Show how far it has come, and renew the lease. Raises TakenOver when another is at it."""
        ends = timezone.now() + self.lease
        if not self._rows_of(begun).update(done=done, total=total, next_attempt_at=ends):
            raise TakenOver

    def held(self, key: Any) -> AnyLong | None:
        job = super().held(key)
        at_work = job is not None and job.run and job.next_attempt_at > timezone.now()
        return None if at_work else job

    def _counted(self, job: AnyLong) -> bool:
        if not begin_attempt(job, lease=self.lease):
            return False
        job.run, job.done = uuid4(), 0
        job.save(update_fields=["run", "done"])
        return True

    def _rows_of(self, begun: AnyLong) -> QuerySet[AnyLong]:
        """The row, while it is this worker's."""
        return self.model._default_manager.filter(self.model.WAITING, pk=begun.pk, run=begun.run)

    def _mine(self, key: Any, begun: AnyLong | None) -> AnyLong | None:
        if begun is None:
            return super()._mine(key, begun)
        job = self._rows_of(begun).select_for_update().first()
        if job is not None:
            job.run, job.next_attempt_at = None, timezone.now() + self.pause(job)
            job.save(update_fields=["run"])
        return job


def _save_ready(job: AnyMade, fields: Sequence[str], discard: Callable[[AnyMade], None]) -> None:
    try:
        job.last_error, job.no_space_since = "", None
        move(job, job.State.READY)
        job.save(update_fields=[*fields, "state", "last_error", "no_space_since"])
    except Exception:
        discard(job)
        raise
