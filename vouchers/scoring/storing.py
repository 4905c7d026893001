"""The ranking that is kept for its page: when it is old, and how it is computed anew.

What is kept is only shown. A decision, an export and the minutes rest on `ranked_by_country`, which
computes the ranking from the scores as they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vouchers.calls.models import Call, CountryQuota

from .models import Consensus, Place, RankingChange, RankingRun
from .queries import CountryRanking, ranked_by_country, scoring_rules
from .ranking import Ranked

# Raised with each change of the ranking's specification: what was computed before is then old.
SPECIFICATION = 1
# So many applications that wait for scores are named; the others are counted.
_NAMED = 10
_BATCH = 2000


def fingerprint(call: Call, quotas: Iterable[CountryQuota]) -> str:
    """SHA-256 of all that a ranking follows from but the scores."""
    told = {
        "specification": SPECIFICATION,
        "rules": asdict(scoring_rules(call)),
        "assessors": call.assessors_required,
        "unfilled": call.unfilled_quota,
        "quotas": sorted((quota.country_id, quota.vouchers) for quota in quotas),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def up_to_date(run: RankingRun | None, *, rules_sha256: str) -> bool:
    """Whether the kept ranking is that of the scores, rules and quotas as they are; one query."""
    return (
        run is not None
        and run.computed_at is not None
        and run.rules_sha256 == rules_sha256
        and not RankingChange.objects.filter(call=run.call_id).exists()
    )


def keep_ranking(call: Call) -> RankingRun:
    """Compute the ranking of a call and keep it; nothing is done where it is up to date.

    What changes meanwhile is computed the next time: the notes of changes are taken away before the
    scores are read, so that no change falls between the two.
    """
    with transaction.atomic():
        run, _made = RankingRun.objects.get_or_create(call=call)
        run = RankingRun.objects.select_for_update().get(pk=run.pk)
        rules_sha256 = fingerprint(call, _quotas(call))
        if up_to_date(run, rules_sha256=rules_sha256):
            return run
        RankingChange.objects.filter(call=call).delete()
        rankings = ranked_by_country(call)
        _keep_places(call, rankings)
        run.countries = {ranking.quota.country_id: _told(ranking) for ranking in rankings}
        run.rules_sha256, run.computed_at, run.asked_at = rules_sha256, timezone.now(), None
        run.revision += 1
        run.save()
    return run


def calls_with_old_ranking() -> QuerySet[Call]:
    """The calls whose kept ranking is older than their scores."""
    return Call.objects.filter(pk__in=RankingChange.objects.values("call"))


def _quotas(call: Call) -> QuerySet[CountryQuota]:
    return call.quotas.filter(vouchers__gt=0)


def _keep_places(call: Call, rankings: Iterable[CountryRanking]) -> None:
    agreed = set(
        Consensus.objects.filter(application__call=call, state=Consensus.State.AGREED).values_list(
            "application", flat=True
        )
    )
    Place.objects.filter(call=call).delete()
    Place.objects.bulk_create(
        (
            _place(call, ranking.quota.country_id, position, ranked, agreed)
            for ranking in rankings
            for position, (ranked, _application) in enumerate(ranking.places, start=1)
        ),
        batch_size=_BATCH,
    )


def _place(call: Call, country: str, position: int, ranked: Ranked, agreed: set[int]) -> Place:
    return Place(
        call=call,
        country_id=country,
        application_id=ranked.application,
        position=position,
        rank=ranked.rank,
        total=ranked.total,
        passes=ranked.passes,
        tied=ranked.tied,
        suggested=ranked.suggested,
        criteria=[
            {
                "criterion": result.criterion,
                "mean": str(result.mean),
                "points": str(result.points),
                "passes": result.passes,
            }
            for result in ranked.criteria
        ],
        assessments=ranked.assessments,
        by_consensus=ranked.application in agreed,
    )


def _told(ranking: CountryRanking) -> dict[str, object]:
    by_reference = sorted(ranking.unscored, key=lambda application: application.reference or "")
    return {
        "vouchers": ranking.vouchers,
        "ranked": len(ranking.places),
        "passing": sum(ranked.passes for ranked, _application in ranking.places),
        "unscored": len(ranking.unscored),
        "waiting": [application.pk for application in by_reference[:_NAMED]],
    }
