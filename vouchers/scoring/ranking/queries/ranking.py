"""The ranking of each country of a call, computed from the scores as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from conduct.queries.scoping import for_system
from vouchers.applications.models import Application
from vouchers.calls.models import Call, CountryQuota, UnfilledQuota
from vouchers.scoring.assessing.queries.assessments import given_sheets
from vouchers.scoring.consensus.queries import agreed_sheets
from vouchers.scoring.rounds.queries import scoring_rules
from vouchers.scoring.rules.grid import Sheet
from vouchers.scoring.rules.ranking import AWARD, Ranked, rank_applications, with_unfilled_vouchers


@dataclass(frozen=True)
class CountryPlaces:
    """The places of one country of a call in rank order, and who waits for scores, by their ids.

    `vouchers` is how many can be given there: the quota, and what other countries cannot fill
    where the call moves such vouchers.
    """

    quota: CountryQuota
    vouchers: int
    places: list[Ranked]
    unscored: list[int]


@dataclass(frozen=True)
class CountryRanking:
    """The same with the applications themselves, their cluster, country and call."""

    quota: CountryQuota
    vouchers: int
    places: list[tuple[Ranked, Application]]
    unscored: list[Application]


def sheets_of(applications: QuerySet[Application]) -> list[Sheet]:
    """The submitted assessments of the applications and what was agreed on, as the ranking takes
    them; two queries.
    """
    return [*given_sheets(applications), *agreed_sheets(applications)]


def places_by_country(call: Call, sheets: Sequence[Sheet] | None = None) -> list[CountryPlaces]:
    """The places of every country of the call; a constant number of queries.

    An application takes part once it has as many submitted assessments as the call requires.
    `sheets` are what stands submitted and agreed in the call, for who has read it already.
    """
    rules = scoring_rules(call)
    candidates = candidates_of(call)
    country_of = dict(candidates.values_list("pk", "country_id"))
    sheets = sheets_of(candidates) if sheets is None else sheets
    counts: dict[int, int] = {}
    for sheet in sheets:
        if not sheet.agreed:
            counts[sheet.application] = counts.get(sheet.application, 0) + 1
    enough = {pk for pk, count in counts.items() if count >= call.assessors_required}
    sheets_in: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.application in enough and sheet.application in country_of:
            sheets_in[country_of[sheet.application]].append(sheet)
    waiting_in: dict[str, list[int]] = defaultdict(list)
    for pk, country in country_of.items():
        if pk not in enough:
            waiting_in[country].append(pk)
    rankings = [
        CountryPlaces(
            quota=quota,
            vouchers=quota.vouchers,
            places=rank_applications(rules, sheets_in[quota.country_id], quota=quota.vouchers),
            unscored=waiting_in[quota.country_id],
        )
        for quota in call.quotas.select_related("country__partner").filter(vouchers__gt=0)
    ]
    return _moving_vouchers(rankings) if call.unfilled_quota == UnfilledQuota.NEXT else rankings


def ranked_by_country(call: Call, sheets: Sequence[Sheet] | None = None) -> list[CountryRanking]:
    """The same with the applications, for who shows them; a constant number of queries."""
    found = candidates_of(call).select_related("cluster", "country", "call")
    applications = {application.pk: application for application in found}
    return [
        CountryRanking(
            quota=country.quota,
            vouchers=country.vouchers,
            places=[(ranked, applications[ranked.application]) for ranked in country.places],
            unscored=[applications[pk] for pk in country.unscored],
        )
        for country in places_by_country(call, sheets)
    ]


@for_system("a ranking is of a whole call, whoever reads which part of it")
def candidates_of(call: Call) -> QuerySet[Application]:
    """The applications that a ranking is about: found eligible, decided or not."""
    states = Application.State
    eligible = [states.ELIGIBLE, states.SELECTED, states.RESERVE, states.REFUSED]
    return Application.objects.filter(call=call, state__in=eligible)


def _moving_vouchers(rankings: list[CountryPlaces]) -> list[CountryPlaces]:
    """The places once vouchers that a country cannot fill have moved to where they are given."""
    moved = with_unfilled_vouchers(
        {ranking.quota.country_id: ranking.places for ranking in rankings},
        {ranking.quota.country_id: ranking.quota.vouchers for ranking in rankings},
    )
    result = []
    for ranking in rankings:
        places = moved[ranking.quota.country_id]
        given = sum(place.suggested == AWARD for place in places)
        result.append(replace(ranking, places=places, vouchers=max(given, ranking.quota.vouchers)))
    return result
