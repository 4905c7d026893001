"""Computing a study: by one worker at a time, whatever dies in between.

The row is pending until its result is committed. While a worker computes it puts the row's next
attempt off with each sign of life, so that the sweeper leaves it alone; a worker that dies stops
doing so. Each attempt has its number: a worker that was given up can no longer write.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jobs.attempts import begin_attempt, note_failure
from vouchers.scoring.ranking.actions.stored import store_ranking
from vouchers.scoring.reliability.models import RankingStudy
from vouchers.scoring.reliability.queries import call_scores_of
from vouchers.scoring.rules.study import study

logger = logging.getLogger(__name__)
SWEEP_LIMIT = 50


def compute_study(study_id: int) -> bool:
    """Compute a pending study; whether this call computed it.

    Does nothing when it is computed already or another worker is at it. An error is written on the
    row, which fails after the last attempt.
    """
    found = _begin(study_id)
    if found is None:
        return False
    try:
        # Computed first, so that a change from here on makes the study one of an older ranking.
        revision = store_ranking(found.call).revision
        call_scores = call_scores_of(found.call)
        result = study(call_scores, tell=lambda per_cent: _note_progress(found, per_cent))
    except Exception as error:
        logger.exception("Study %s could not be computed", study_id)
        _note_failure(found, error)
        return False
    return bool(
        _mine(found).update(
            state=RankingStudy.State.READY,
            result=result,
            revision=revision,
            input_sha256=call_scores.fingerprint(),
            progress=100,
            finished_at=timezone.now(),
            last_error="",
        )
    )


def lost_studies(now: datetime | None = None) -> list[int]:
    """The studies to queue again, whose worker gave no sign of life or was never there."""
    # A study that is begun is left alone by its next attempt, which its worker puts off.
    now = now or timezone.now()
    due = RankingStudy.objects.filter(state=RankingStudy.State.PENDING, next_attempt_at__lte=now)
    return list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:SWEEP_LIMIT])


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
        if not begin_attempt(found, lease=RankingStudy.PATIENCE):
            return None
        found.progress = 0
        found.save(update_fields=["progress"])
    return found


def _mine(found: RankingStudy) -> QuerySet[RankingStudy]:
    """The row, while it is this worker's."""
    return RankingStudy.objects.filter(
        pk=found.pk, state=RankingStudy.State.PENDING, attempts=found.attempts
    )


def _note_progress(found: RankingStudy, per_cent: int) -> None:
    _mine(found).update(progress=per_cent, next_attempt_at=timezone.now() + RankingStudy.PATIENCE)


def _note_failure(found: RankingStudy, error: Exception) -> None:
    with transaction.atomic():
        mine = _mine(found).select_for_update().first()
        if mine is not None:
            mine.next_attempt_at = timezone.now()
            note_failure(mine, error)
