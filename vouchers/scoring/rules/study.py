"""What the scores of a call say about themselves: spread, severity, agreement, stability.

Nothing here decides anything; it tells how far a ranking can be relied on. The same scores give
the same study: nothing depends on the order of the assessments, and chance is seeded. What each
figure means is specified in `severity`, `agreement` and `stability`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from .agreement import interval_agreement, ordinal_agreement
from .call_scores import CallScores
from .grid import ScoringRules, Sheet
from .resampling import RESAMPLES
from .severity import Severity, severities
from .stability import stability_of


def study(
    call_scores: CallScores,
    *,
    resamples: int = RESAMPLES,
    tell: Callable[[int], None] = lambda _per_cent: None,
) -> dict[str, Any]:
    """Study the scores; everything rounded to six decimals, as JSON keeps it.

    `tell` is called with how much is done, in per cent.
    """
    rules = call_scores.rules
    given = call_scores.given()
    counted = call_scores.counted()
    result: dict[str, Any] = {
        "resamples": resamples,
        "assessors": [
            _described_severity(assessor, severity)
            for assessor, severity in severities(rules, given).items()
        ],
        "overall": _described(rules, given, counted, resamples),
        "countries": {},
    }
    tell(10)
    countries = sorted(set(call_scores.countries.values()) & set(call_scores.quotas))
    share = 90 / max(len(countries), 1)
    for number, country in enumerate(countries):
        own = {pk: sheets for pk, sheets in counted.items() if call_scores.countries[pk] == country}
        done = 10 + share * number
        described = _described(
            rules, [sheet for sheet in given if sheet.application in own], own, resamples
        )
        described["stability"] = stability_of(
            rules,
            {pk: [sheet.scores for sheet in sheets] for pk, sheets in own.items()},
            quota=call_scores.quotas[country],
            resamples=resamples,
            tell=lambda part, done=done: tell(int(done + share * part)),  # type: ignore[misc]
        )
        result["countries"][country] = described
    tell(100)
    return result


def _described_severity(assessor: int, severity: Severity) -> dict[str, Any]:
    return {
        "assessor": assessor,
        "assessments": severity.assessments,
        "shared": severity.shared,
        "points": round(float(severity.points), 6),
        "spread": severity.spread,
        "by_criterion": [
            [criterion, round(float(value), 6)]
            for criterion, value in severity.by_criterion.items()
        ],
    }


def _described(
    rules: ScoringRules,
    given: Sequence[Sheet],
    counted: Mapping[int, Sequence[Sheet]],
    resamples: int,
) -> dict[str, Any]:
    """Spread and agreement of some applications and their assessments."""
    means = [
        {
            rule.id: _mean([sheet.scores[rule.id] for sheet in counted[pk]])
            for rule in rules.criteria
        }
        for pk in sorted(counted)
    ]
    totals = [rules.total(row) for row in means]
    values = [[float(rules.total(one.scores)) for one in own] for own in _grouped(given)]
    return {
        "applications": len(totals),
        "assessments": len(given),
        "totals": _spread([float(total) for total in totals]),
        "criteria": [
            {
                "criterion": rule.id,
                **_spread([float(row[rule.id]) for row in means]),
                "agreement": ordinal_agreement(
                    [[float(one.scores[rule.id]) for one in own] for own in _grouped(given)],
                    resamples,
                ),
            }
            for rule in rules.criteria
        ],
        "agreement": interval_agreement(values, resamples),
        # How far apart two assessors of one application usually are, in points.
        "within": _within(values),
    }


def _grouped(given: Sequence[Sheet]) -> list[list[Sheet]]:
    groups: dict[int, list[Sheet]] = defaultdict(list)
    for one in given:
        groups[one.application].append(one)
    return list(groups.values())


def _mean(values: Sequence[Decimal]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0)) / len(values)


def _spread(values: Sequence[float]) -> dict[str, float | None]:
    if not values:
        return dict.fromkeys(("mean", "deviation", "least", "median", "most"))
    return {
        "mean": round(float(np.mean(values)), 6),
        "deviation": round(float(np.std(values, ddof=1)), 6) if len(values) > 1 else None,
        "least": round(min(values), 6),
        "median": round(float(np.median(values)), 6),
        "most": round(max(values), 6),
    }


def _within(values: Sequence[Sequence[float]]) -> float | None:
    """The standard deviation between assessors of the same application, pooled, in points."""
    shared = [own for own in values if len(own) > 1]
    if not shared:
        return None
    squares = sum(float(np.var(own)) * len(own) for own in shared)
    return round(float(np.sqrt(squares / sum(len(own) - 1 for own in shared))), 6)
