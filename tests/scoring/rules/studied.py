"""Sheets and scores of a call for tests of what they say about themselves."""

from dataclasses import replace

from tests.scoring.rules.test_ranking import RULES, sheet
from vouchers.scoring.rules.call_scores import CallScores


def by(assessor, application, *scores):
    return replace(sheet(application, *scores), assessor=assessor)


def material(*sheets, quota=1, countries=None):
    return CallScores(
        RULES,
        quotas={"LB": quota},
        moves_unfilled=False,
        countries=countries or {one.application: "LB" for one in sheets},
        sheets=tuple(sheets),
    )
