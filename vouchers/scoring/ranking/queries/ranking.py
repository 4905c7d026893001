"""The ranking of each country of a call, computed from the scores as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from conduct.queries.scoping import for_system
from vouchers.applications.models import Application
from vouchers.calls.models import Call, CountryQuota, UnfilledQuota
from vouchers.scoring.assessing.queries.assessments import given_sheets
from vouchers.scoring.consensus.queries import agreed_sheets
from vouchers.scoring.rounds.queries import scoring_rules
from vouchers.scoring.rules.grid import ScoringRules, Sheet
from vouchers.scoring.rules.ranking import AWARD, Ranked, rank_applications, with_unfilled_vouchers


@dataclass(frozen=True)
class CountryRanking:
    """The ranking of one call in one country, with the applications in rank order.

    `vouchers` is how many can be given there: the quota, and what other countries cannot fill
    where the call moves such vouchers.
    """

    quota: CountryQuota
    vouchers: int
    places: list[tuple[Ranked, Application]]
    unscored: list[Application]


def sheets_of(applications: QuerySet[Application]) -> list[Sheet]:
    """The submitted assessments of the applications and what was agreed on, as the ranking takes
    them; two queries.
    """
    return [*given_sheets(applications), *agreed_sheets(applications)]


def ranked_by_country(call: Call, sheets: Sequence[Sheet] | None = None) -> list[CountryRanking]:
    """The ranking of every country of the call; a constant number of queries.

    An application takes part once it has as many submitted assessments as the call requires.
    `sheets` are what stands submitted and agreed in the call, for who has read it already.
    """
    rules = scoring_rules(call)
    candidates = candidates_of(call).select_related("cluster", "country", "call")
    applications = {application.pk: application for application in candidates}
    sheets = sheets_of(candidates) if sheets is None else sheets
    counts: dict[int, int] = {}
    for sheet in sheets:
        if not sheet.agreed:
            counts[sheet.application] = counts.get(sheet.application, 0) + 1
    enough = {pk for pk, count in counts.items() if count >= call.assessors_required}
    rankings = [
        _country_ranking(rules, quota, applications, sheets, enough)
        for quota in call.quotas.select_related("country__partner").filter(vouchers__gt=0)
    ]
    return _moving_vouchers(rankings) if call.unfilled_quota == UnfilledQuota.NEXT else rankings


@for_system("a ranking is of a whole call, whoever reads which part of it")
def candidates_of(call: Call) -> QuerySet[Application]:
    """The applications that a ranking is about: found eligible, decided or not."""
    states = Application.State
    eligible = [states.ELIGIBLE, states.SELECTED, states.RESERVE, states.REFUSED]
    return Application.objects.filter(call=call, state__in=eligible)


def _moving_vouchers(rankings: list[CountryRanking]) -> list[CountryRanking]:
    """The rankings once vouchers that a country cannot fill have moved to where they are given."""
    moved = with_unfilled_vouchers(
        {
            ranking.quota.country_id: [place for place, _of in ranking.places]
            for ranking in rankings
        },
        {ranking.quota.country_id: ranking.quota.vouchers for ranking in rankings},
    )
    result = []
    for ranking in rankings:
        places = moved[ranking.quota.country_id]
        given = sum(place.suggested == AWARD for place in places)
        result.append(
            replace(
                ranking,
                places=[
                    (place, application)
                    for place, (_before, application) in zip(places, ranking.places, strict=True)
                ],
                vouchers=max(given, ranking.quota.vouchers),
            )
        )
    return result


def _country_ranking(
    rules: ScoringRules,
    quota: CountryQuota,
    applications: dict[int, Application],
    sheets: Sequence[Sheet],
    enough: set[int],
) -> CountryRanking:
    own = {
        pk: application
        for pk, application in applications.items()
        if application.country_id == quota.country_id
    }
    ranking = rank_applications(
        rules,
        [sheet for sheet in sheets if sheet.application in own and sheet.application in enough],
        quota=quota.vouchers,
    )
    return CountryRanking(
        quota=quota,
        vouchers=quota.vouchers,
        places=[(ranked, own[ranked.application]) for ranked in ranking],
        unscored=[application for pk, application in own.items() if pk not in enough],
    )
