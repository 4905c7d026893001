"""Computing a study: by one worker at a time, whatever dies in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from jobs.actions.conducting import LongConductor, Tell
from vouchers.scoring.ranking.actions.stored import store_ranking
from vouchers.scoring.reliability.models import RankingStudy
from vouchers.scoring.reliability.queries import call_scores_of
from vouchers.scoring.rules.study import study


@dataclass(frozen=True)
class Computed:
    """What a study tells, of which revision of the ranking, and the fingerprint of its input."""

    revision: int
    result: Any
    input_sha256: str


class ComputingStudies(LongConductor[RankingStudy, Computed]):
    """Computes what the scores of a call say about themselves."""

    model = RankingStudy
    along = ("call",)
    lease = RankingStudy.PATIENCE

    def make(self, found: RankingStudy, tell: Tell) -> Computed:
        # Computed first, so that a change from here on makes the study one of an older ranking.
        revision = store_ranking(found.call).revision
        call_scores = call_scores_of(found.call)
        result = study(call_scores, tell=lambda per_cent: tell(per_cent, 100))
        return Computed(revision, result, call_scores.fingerprint())

    def keep(self, found: RankingStudy, computed: Computed) -> list[str]:
        found.revision, found.result = computed.revision, computed.result
        found.input_sha256, found.finished_at = computed.input_sha256, timezone.now()
        return ["revision", "result", "input_sha256", "finished_at"]

    def pause(self, found: RankingStudy) -> timedelta:
        return timedelta()


STUDIES = ComputingStudies()


def compute_study(study_id: int) -> bool:
    """Compute a pending study; whether this call computed it."""
    return STUDIES.conduct(study_id)
