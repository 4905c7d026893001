"""Computing a study: by one worker at a time, whatever dies in between.

The row is pending until its result is committed. While a worker computes it puts the row's next
attempt off with each sign of life, so that the sweeper leaves it alone; a worker that dies stops
doing so. Each attempt has its number: a worker that was given up can no longer write.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from records.states import move
from vouchers.calls.models import Call

from .material import material_of
from .models import RankingStudy
from .storing import keep_ranking
from .studying import study

logger = logging.getLogger(__name__)

# How long after its last sign of life a worker is thought to be dead.
PATIENCE = timedelta(seconds=60)
MAX_ATTEMPTS = 3


def conduct_study(study_id: int) -> bool:
    """Compute a pending study; whether this call computed it.

    Does nothing when it is computed already or another worker is at it. An error is written on the
    row, which fails after the last attempt.
    """
    found = _begin(study_id)
    if found is None:
        return False
    try:
        # Computed first, so that a change from here on makes the study one of an older ranking.
        revision = keep_ranking(found.call).revision
        material = material_of(found.call)
        result = study(material, tell=lambda per_cent: _note_progress(found, per_cent))
    except Exception as error:
        logger.exception("Study %s could not be computed", study_id)
        _note_failure(found, error)
        return False
    return bool(
        _mine(found).update(
            state=RankingStudy.State.READY,
            result=result,
            revision=revision,
            input_sha256=material.fingerprint(),
            progress=100,
            finished_at=timezone.now(),
            last_error="",
        )
    )


def claim_due_studies(now: datetime | None = None) -> list[int]:
    """The studies to queue again, whose worker gave no sign of life or was never there."""
    now = now or timezone.now()
    return list(
        RankingStudy.objects.filter(
            state=RankingStudy.State.PENDING, next_attempt_at__lte=now
        ).values_list("pk", flat=True)
    )


def latest_study(call: Call) -> RankingStudy | None:
    """The study that was asked for last."""
    return RankingStudy.objects.filter(call=call).select_related("requested_by").first()


def _begin(study_id: int) -> RankingStudy | None:
    """Count the attempt before it is made: a study that kills every worker must end too."""
    with transaction.atomic():
        found = (
            RankingStudy.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("call")
            .filter(pk=study_id, state=RankingStudy.State.PENDING)
            .first()
        )
        if found is None or (found.attempts and found.next_attempt_at > timezone.now()):
            return None
        if found.attempts >= MAX_ATTEMPTS:
            found.last_error = found.last_error or "The worker was killed while computing it."
            move(found, RankingStudy.State.FAILED)
        else:
            found.attempts += 1
            found.progress = 0
            found.next_attempt_at = timezone.now() + PATIENCE
        found.save()
    return found if found.state == RankingStudy.State.PENDING else None


def _mine(found: RankingStudy) -> QuerySet[RankingStudy]:
    """The row, while it is this worker's."""
    return RankingStudy.objects.filter(
        pk=found.pk, state=RankingStudy.State.PENDING, attempts=found.attempts
    )


def _note_progress(found: RankingStudy, per_cent: int) -> None:
    _mine(found).update(progress=per_cent, next_attempt_at=timezone.now() + PATIENCE)


def _note_failure(found: RankingStudy, error: Exception) -> None:
    last = found.attempts >= MAX_ATTEMPTS
    _mine(found).update(
        last_error=f"{type(error).__name__}: {error}"[:2000],
        state=RankingStudy.State.FAILED if last else RankingStudy.State.PENDING,
        next_attempt_at=timezone.now(),
    )
