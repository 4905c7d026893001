"""Doing it row by row: each in a transaction of its own, with the word what became of it.

A worker that dies leaves the rest waiting, and the next one goes on there: a row whose transaction was
committed bears its outcome, and is not done again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

import pghistory
from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from bulk.kinds import BulkAction, BulkList, Press, list_and_action
from bulk.models import BulkItem, BulkRun
from bulk.tasks import do_to_each
from conduct.actions import NoSpace, Refused
from conduct.actions.queueing import queue_after_commit
from jobs.actions.conducting import LongConductor, Tell

logger = logging.getLogger(__name__)
Outcome = BulkItem.Outcome

# Seconds after which a worker lets what waits behind it in the queue go first.
TURN = 10.0
# No fault of the row in hand: it waits for the next attempt.
_NOT_OF_THE_ROW = (
    NoSpace,
    SoftTimeLimitExceeded,
    MemoryError,
    InterfaceError,
    OperationalError,
)


class _TurnIsOver(Exception):
    """There are more rows than one turn does."""


class DoingToEach(LongConductor[BulkRun, None]):
    """Calls the action for each row that still waits, turn by turn.

    Attempts count while none gets any further: a row that ends its worker ends the run at last, and a
    run that comes on is not given up.
    """

    model = BulkRun
    along = ("by",)

    def work(self, begun: BulkRun) -> bool:
        try:
            return super().work(begun)
        except _TurnIsOver:
            self._leave_the_rest(begun)
            return False

    def make(self, job: BulkRun, tell: Tell) -> None:
        ends = monotonic() + TURN
        among, chosen = list_and_action(job.of, job.slug)
        total = job.items.count()
        waiting = list(job.items.filter(outcome=Outcome.WAITING).values_list("pk", flat=True))
        told = Press(by=job.by, words=job.words, key=job.pk)
        with translation.override(job.by.language):
            for number, key in enumerate(waiting, total - len(waiting) + 1):
                _do_to_one(key, among, chosen, told, together=total)
                tell(number, total)
                if number < total and monotonic() >= ends:
                    raise _TurnIsOver

    def keep(self, job: BulkRun, _result: None) -> Sequence[str]:
        job.done_at = timezone.now()
        return ["done_at"]

    def after_failure(self, job: BulkRun, error: BaseException) -> None:
        if job.done:
            job.attempts = 1

    def _counted(self, job: BulkRun) -> bool:
        # Of the attempt before, whose worker was killed.
        if job.done:
            job.attempts = 0
        return super()._counted(job)

    def _leave_the_rest(self, begun: BulkRun) -> None:
        with transaction.atomic():
            mine = self._rows_of(begun)
            if mine.update(run=None, attempts=0, next_attempt_at=BulkRun.first_turn()):
                queue_after_commit(do_to_each, str(begun.pk))


RUNS = DoingToEach()


def _do_to_one(
    key: int, among: BulkList, chosen: BulkAction, told: Press, *, together: int
) -> None:
    """One row, in one transaction with its outcome; history says that it was one of so many."""
    with pghistory.context(together=together, bulk=str(told.key)), transaction.atomic():
        item = BulkItem.objects.select_for_update().filter(pk=key, outcome=Outcome.WAITING).first()
        if item is None:
            return
        # Who pressed, as they are now: account and roles may end while rows are done.
        person = User.objects.get(pk=told.by.pk)
        item.outcome, item.why = _outcome(item, among, chosen, replace(told, by=person))
        item.save(update_fields=["outcome", "why"])


def _outcome(
    item: BulkItem, among: BulkList, chosen: BulkAction, told: Press
) -> tuple[BulkItem.Outcome, str]:
    """What became of the row. One that fails by a fault of ours stops no other."""
    if not told.by.is_active:
        return Outcome.REFUSED, _("Your account was deactivated by then.")
    record = among.records(told.by).filter(pk=item.key).first()
    if record is None:
        return Outcome.GONE, ""
    try:
        with transaction.atomic():
            changed = chosen.act(record, told)
    except _NOT_OF_THE_ROW:
        raise
    except Refused as refusal:
        return Outcome.REFUSED, str(refusal)
    except Exception:
        logger.exception("%s of %s failed for %s", chosen.slug, among.slug, item.key)
        return Outcome.REFUSED, _("Something went wrong on our side: nothing was changed.")
    return (Outcome.UNCHANGED if changed is False else Outcome.DONE), ""
