"""The ranking that is stored for its page: when it is old, and how it is computed anew.

What is stored is only shown. A decision, an export and the minutes rest on `ranked_by_country`, which
computes the ranking from the scores as they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.ranking.models import OutdatedRanking, StoredPlace, StoredRanking
from vouchers.scoring.ranking.queries.ranking import CountryPlaces, places_by_country
from vouchers.scoring.ranking.queries.stored import fingerprint, quotas_of, up_to_date
from vouchers.scoring.rules.ranking import Ranked

# So many applications that wait for scores are named; the others are counted.
_NAMED = 10
_BATCH = 2000


def store_ranking(call: Call) -> StoredRanking:
    """Compute the ranking of a call and store it; nothing is done where it is up to date.

    What changes meanwhile is computed the next time: the notes of changes are taken away before the
    scores are read, so that no change falls between the two.
    """
    with transaction.atomic():
        run, _made = StoredRanking.objects.get_or_create(call=call)
        run = StoredRanking.objects.select_for_update().get(pk=run.pk)
        rules_sha256 = fingerprint(call, quotas_of(call))
        if up_to_date(run, rules_sha256=rules_sha256):
            return run
        OutdatedRanking.objects.filter(call=call).delete()
        rankings = places_by_country(call)
        _store_places(call, rankings)
        run.countries = {ranking.quota.country_id: _figures_of(ranking) for ranking in rankings}
        run.rules_sha256, run.computed_at, run.asked_at = rules_sha256, timezone.now(), None
        run.revision += 1
        run.save()
    return run


def _store_places(call: Call, rankings: Iterable[CountryPlaces]) -> None:
    agreed = set(
        Consensus.objects.filter(application__call=call, state=Consensus.State.AGREED).values_list(
            "application", flat=True
        )
    )
    StoredPlace.objects.filter(call=call).delete()
    StoredPlace.objects.bulk_create(
        (
            _stored_place(call, ranking.quota.country_id, position, ranked, agreed)
            for ranking in rankings
            for position, ranked in enumerate(ranking.places, start=1)
        ),
        batch_size=_BATCH,
    )


def _stored_place(
    call: Call, country: str, position: int, ranked: Ranked, agreed: set[int]
) -> StoredPlace:
    return StoredPlace(
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


def _figures_of(ranking: CountryPlaces) -> dict[str, object]:
    by_reference = Application.objects.filter(pk__in=ranking.unscored).order_by("reference")
    return {
        "vouchers": ranking.vouchers,
        "ranked": len(ranking.places),
        "passing": sum(ranked.passes for ranked in ranking.places),
        "unscored": len(ranking.unscored),
        "waiting": [*by_reference.values_list("pk", flat=True)[:_NAMED]],
    }
