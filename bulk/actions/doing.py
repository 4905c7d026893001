"""Doing it row by row: each in a transaction of its own, with the word what became of it.

A worker that dies leaves the rest waiting, and the next one goes on there: a row whose transaction was
committed bears its outcome, and is not done again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pghistory
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bulk.kinds import BulkAction, BulkList, Press, list_called
from bulk.models import BulkItem, BulkRun
from conduct.actions import NoSpace, Refused
from jobs.actions.conducting import LongConductor, Tell

logger = logging.getLogger(__name__)
Outcome = BulkItem.Outcome


class DoingToEach(LongConductor[BulkRun, None]):
    """Calls the action for each row that still waits."""

    model = BulkRun
    along = ("by",)

    def make(self, job: BulkRun, tell: Tell) -> None:
        among = list_called(job.of)
        chosen = among.action(job.slug) if among else None
        if among is None or chosen is None:
            raise LookupError(f"{job} is not registered")
        total = job.items.count()
        waiting = list(job.items.filter(outcome=Outcome.WAITING).values_list("pk", flat=True))
        told = Press(by=job.by, words=job.words, key=job.pk)
        with translation.override(job.by.language):
            for number, key in enumerate(waiting, total - len(waiting) + 1):
                _do_to_one(key, among, chosen, told, together=total)
                tell(number, total)

    def keep(self, job: BulkRun, _result: None) -> Sequence[str]:
        job.done_at = timezone.now()
        return ["done_at"]


RUNS = DoingToEach()


def _do_to_one(
    key: int, among: BulkList, chosen: BulkAction, told: Press, *, together: int
) -> None:
    """One row, in one transaction with its outcome; history says that it was one of so many."""
    with pghistory.context(together=together, bulk=str(told.key)), transaction.atomic():
        item = BulkItem.objects.select_for_update().filter(pk=key, outcome=Outcome.WAITING).first()
        if item is None:
            return
        item.outcome, item.why = _outcome(item, among, chosen, told)
        item.save(update_fields=["outcome", "why"])


def _outcome(
    item: BulkItem, among: BulkList, chosen: BulkAction, told: Press
) -> tuple[BulkItem.Outcome, str]:
    """What became of the row. One that fails by a fault of ours stops no other."""
    record = among.records(told.by).filter(pk=item.key).first() if told.by.is_active else None
    if record is None:
        return Outcome.GONE, ""
    try:
        with transaction.atomic():
            changed = chosen.act(record, told)
    except NoSpace:
        raise
    except Refused as refusal:
        return Outcome.REFUSED, str(refusal)
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        logger.exception("%s of %s failed for %s", chosen.slug, among.slug, item.key)
        return Outcome.REFUSED, _("Something went wrong on our side: nothing was changed.")
    return (Outcome.UNCHANGED if changed is False else Outcome.DONE), ""
