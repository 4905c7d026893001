"""The ranking of the applications of one call in one country: a pure function.

Specification (design, rule 6; the scale of 1 to 5 and weights by criterion follow the PRAG habit):

1.  The mean of a criterion is the arithmetic mean of its scores over the application's submitted
    assessments.
2.  Its points are mean ÷ highest score × weight; the total is the sum of the points, at most 100.
3.  An application passes when the mean of every criterion is at least `threshold` per cent of the
    highest score and the total is at least `total_threshold` points.
4.  Those that pass come before those that do not; within each group the higher total comes first;
    equal totals are ordered by the points of the criteria in their tie-break order.
5.  Applications still equal share their rank. If the quota's edge runs through such a group, the
    group is tied: the ranking suggests the reserve list for all of it, and people must decide.
6.  The ranking suggests an award for those that pass, while the quota lasts; the reserve list for
    the others that pass; refusal for the rest.

All arithmetic is exact (fractions), so that any machine gives the same result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby

AWARD, RESERVE, REFUSE = "award", "reserve", "refuse"
_SHOWN = Decimal("0.0001")


@dataclass(frozen=True)
class CriterionRule:
    """One criterion: weight in points of 100, threshold in per cent of the highest score."""

    id: int
    weight: Decimal
    threshold: Decimal
    tie_break_position: int


@dataclass(frozen=True)
class ScoringRules:
    """What the call fixed before it opened."""

    criteria: tuple[CriterionRule, ...]
    score_max: Decimal
    total_threshold: Decimal


@dataclass(frozen=True)
class Sheet:
    """One submitted assessment: the application's id and the score of each criterion's id."""

    application: int
    scores: Mapping[int, Decimal]


@dataclass(frozen=True)
class CriterionResult:
    """Mean score and points of one criterion, rounded half up to four decimals."""

    criterion: int
    mean: Decimal
    points: Decimal
    passes: bool


@dataclass(frozen=True)
class Ranked:
    """One application's place: rank from 1, total in points of 100, and what follows from it."""

    application: int
    rank: int
    total: Decimal
    passes: bool
    tied: bool
    suggested: str
    criteria: tuple[CriterionResult, ...]
    assessments: int


@dataclass(frozen=True)
class _Result:
    application: int
    means: Mapping[int, Fraction]
    points: Mapping[int, Fraction]
    total: Fraction
    passes: bool
    order: tuple[object, ...]
    assessments: int


def rank_applications(rules: ScoringRules, sheets: Iterable[Sheet], *, quota: int) -> list[Ranked]:
    """Rank the applications that `sheets` assess; best first. See the module's specification.

    `quota` is the number of vouchers still to be given in the country. The order of the sheets
    does not matter. An application without a sheet does not appear.
    """
    by_application: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_application[sheet.application].append(sheet)
    results = sorted(
        (_result(rules, application, own) for application, own in by_application.items()),
        key=lambda result: (result.order, result.application),
    )
    ranking: list[Ranked] = []
    for _order, group in groupby(results, key=lambda result: result.order):
        ranking += _ranked_group(rules, list(group), ahead=len(ranking), quota=quota)
    return ranking


def _result(rules: ScoringRules, application: int, sheets: Sequence[Sheet]) -> _Result:
    means = {
        rule.id: sum((Fraction(sheet.scores[rule.id]) for sheet in sheets), Fraction(0))
        / len(sheets)
        for rule in rules.criteria
    }
    highest = Fraction(rules.score_max)
    points = {rule.id: means[rule.id] / highest * Fraction(rule.weight) for rule in rules.criteria}
    total = sum(points.values(), Fraction(0))
    passes = total >= Fraction(rules.total_threshold) and all(
        _passes(rule, means[rule.id], highest) for rule in rules.criteria
    )
    by_tie_break = sorted(rules.criteria, key=lambda rule: rule.tie_break_position)
    order = (not passes, -total, *(-points[rule.id] for rule in by_tie_break))
    return _Result(application, means, points, total, passes, order, len(sheets))


def _passes(rule: CriterionRule, mean: Fraction, highest: Fraction) -> bool:
    return mean * 100 >= Fraction(rule.threshold) * highest


def _ranked_group(
    rules: ScoringRules, group: list[_Result], *, ahead: int, quota: int
) -> list[Ranked]:
    """The places of a group of equal applications, of which `ahead` others come before."""
    tied = group[0].passes and ahead < quota < ahead + len(group)
    return [
        Ranked(
            application=result.application,
            rank=ahead + 1,
            total=_shown(result.total),
            passes=result.passes,
            tied=tied,
            suggested=_suggestion(result, tied=tied, within=ahead + len(group) <= quota),
            criteria=tuple(
                CriterionResult(
                    rule.id,
                    _shown(result.means[rule.id]),
                    _shown(result.points[rule.id]),
                    _passes(rule, result.means[rule.id], Fraction(rules.score_max)),
                )
                for rule in rules.criteria
            ),
            assessments=result.assessments,
        )
        for result in group
    ]


def _suggestion(result: _Result, *, tied: bool, within: bool) -> str:
    if not result.passes:
        return REFUSE
    return AWARD if within and not tied else RESERVE


def _shown(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_SHOWN, rounding=ROUND_HALF_UP)
