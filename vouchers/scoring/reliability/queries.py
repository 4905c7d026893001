"""Reads of studies, and of the scores that they follow from."""

from __future__ import annotations

from conduct.queries.scoping import for_system
from vouchers.applications.models import Application
from vouchers.calls.models import Call, UnfilledQuota
from vouchers.scoring.ranking.queries.ranking import places_by_country, sheets_of
from vouchers.scoring.rounds.queries import scoring_rules
from vouchers.scoring.rules.call_scores import CallScores

from .models import RankingStudy


@for_system("a study is of a whole call")
def call_scores_of(call: Call) -> CallScores:
    """The submitted assessments, agreed scores and rules of a call; a constant number of queries.

    Only what is ranked is in it: an application that waits for assessments is not.
    """
    rankings = places_by_country(call)
    countries = {
        place.application: ranking.quota.country_id
        for ranking in rankings
        for place in ranking.places
    }
    sheets = sheets_of(Application.objects.filter(call=call))
    return CallScores(
        rules=scoring_rules(call),
        quotas={ranking.quota.country_id: ranking.quota.vouchers for ranking in rankings},
        moves_unfilled=call.unfilled_quota == UnfilledQuota.NEXT,
        countries=countries,
        sheets=tuple(sheet for sheet in sheets if sheet.application in countries),
    )


@for_system("a study is of a whole call: its page is for coordinators and auditors")
def latest_study(call: Call) -> RankingStudy | None:
    """The study that was asked for last."""
    return RankingStudy.objects.filter(call=call).select_related("requested_by").first()


@for_system("names on the page of a study")
def clusters_by_application(applications: list[int]) -> dict[int, str]:
    found = Application.objects.filter(pk__in=applications).select_related("cluster")
    return {application.pk: str(application.cluster) for application in found}
