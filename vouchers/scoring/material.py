"""Reading what a call's statistics follow from, as the pure functions take it."""

from __future__ import annotations

from vouchers.applications.models import Application
from vouchers.calls.models import Call, UnfilledQuota

from .queries import ranked_by_country, scoring_rules, sheets_of
from .studying import Material


def material_of(call: Call) -> Material:
    """The submitted assessments, agreed scores and rules of a call; a constant number of queries.

    Only what is ranked is in it: an application that waits for assessments is not.
    """
    rankings = ranked_by_country(call)
    countries = {
        place.application: ranking.quota.country_id
        for ranking in rankings
        for place, _application in ranking.places
    }
    sheets = sheets_of(Application.objects.filter(call=call))
    return Material(
        rules=scoring_rules(call),
        quotas={ranking.quota.country_id: ranking.quota.vouchers for ranking in rankings},
        moves_unfilled=call.unfilled_quota == UnfilledQuota.NEXT,
        countries=countries,
        sheets=tuple(sheet for sheet in sheets if sheet.application in countries),
    )
