"""The ranking of the applications of one call: pure functions.

Specification (design, rule 6; the scale of 1 to 5 and weights by criterion follow the PRAG habit):

1.  Which sheets of an application count is decided by `discrepancy.counted_sheets`: a consensus alone,
    the closest ones after a third opinion, otherwise every submitted assessment.
2.  The mean of a criterion is the arithmetic mean of its scores over the sheets that count.
3.  Its points are mean ÷ highest score × weight; the total is the sum of the points, at most 100.
4.  An application passes when the mean of every criterion is at least `threshold` per cent of the
    highest score and the total is at least `total_threshold` points.
5.  Applications are ranked within their country. Those that pass come before those that do not;
    within each group the higher total comes first; equal totals are ordered by the points of the
    criteria in their tie-break order. The instant of submission never decides: it would punish
    power cuts.
6.  Applications still equal share their rank. If the quota's edge runs through such a group, the
    group is tied: the ranking suggests the reserve list for all of it, and people must decide.
7.  The ranking suggests an award for those that pass, while the quota lasts; the reserve list for
    the others that pass; refusal for the rest.
8.  Where the call gives vouchers that a country cannot fill to the best elsewhere
    (`with_unfilled_vouchers`), each goes to the first of all reserve lists together, in the order
    of rule 5. Which a country cannot fill is a rule of its own (reallocation.py), and applications
    that stay equal at the edge are tied, as in rule 6.

All arithmetic is exact (fractions), so that any machine gives the same result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby

from .discrepancy import counted_sheets
from .grid import CriterionRule, ScoringRules, Sheet
from .reallocation import unfilled

AWARD, RESERVE, REFUSE = "award", "reserve", "refuse"

_SHOWN = Decimal("0.0001")


@dataclass(frozen=True)
class CriterionResult:
    """Mean score and points of one criterion, rounded half up to four decimals."""

    criterion: int
    mean: Decimal
    points: Decimal
    passes: bool


@dataclass(frozen=True)
class Ranked:
    """One application's place: rank from 1, total in points of 100, and what follows from it.

    `assessments` counts the sheets that count; `order` is what two places are compared by, the
    least being the best.
    """

    application: int
    rank: int
    total: Decimal
    passes: bool
    tied: bool
    suggested: str
    criteria: tuple[CriterionResult, ...]
    assessments: int
    order: tuple[bool | Fraction, ...] = field(repr=False)


@dataclass(frozen=True)
class _Mark:
    """What the scores of one criterion come to, exactly, and as it is shown."""

    points: Fraction
    passes: bool
    shown: CriterionResult


class _Marks:
    """The marks of a call: thousands of applications share a few combinations of scores.

    So each is worked out once, in fractions, whose arithmetic takes long.
    """

    def __init__(self, rules: ScoringRules) -> None:
        self._rules = rules
        self._known: dict[tuple[int, tuple[Decimal, ...]], _Mark] = {}

    def of(self, rule: CriterionRule, scores: tuple[Decimal, ...]) -> _Mark:
        """What one criterion comes to for the scores of the sheets that count."""
        found = self._known.get((rule.id, scores))
        if found is None:
            found = self._known[rule.id, scores] = self._mark(rule, scores)
        return found

    def _mark(self, rule: CriterionRule, scores: tuple[Decimal, ...]) -> _Mark:
        mean = sum(map(Fraction, scores), Fraction(0)) / len(scores)
        points, passes = self._rules.points(rule, mean), self._rules.reaches(rule, mean)
        shown = CriterionResult(rule.id, _shown(mean), _shown(points), passes)
        return _Mark(points, passes, shown)


@dataclass(frozen=True)
class _Result:
    application: int
    criteria: tuple[CriterionResult, ...]
    total: Fraction
    passes: bool
    order: tuple[bool | Fraction, ...]
    assessments: int


def rank_applications(rules: ScoringRules, sheets: Iterable[Sheet], *, quota: int) -> list[Ranked]:
    """Rank the applications that `sheets` assess; best first. See the module's specification.

    `quota` is the number of vouchers still to be given in the country. The order of the sheets
    does not matter. An application without a sheet does not appear.
    """
    by_application: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_application[sheet.application].append(sheet)
    marks = _Marks(rules)
    results = sorted(
        (_result(rules, marks, application, own) for application, own in by_application.items()),
        key=lambda result: (result.order, result.application),
    )
    ranking: list[Ranked] = []
    for _order, group in groupby(results, key=lambda result: result.order):
        ranking += _ranked_group(list(group), ahead=len(ranking), quota=quota)
    return ranking


def with_unfilled_vouchers(
    rankings: Mapping[str, Sequence[Ranked]], quotas: Mapping[str, int]
) -> dict[str, list[Ranked]]:
    """The rankings by country, once vouchers that a country cannot fill go to the best elsewhere.

    `rankings` and `quotas` (vouchers) are by country. See rule 8 of the module's specification.
    """
    free = sum(
        unfilled(
            quotas[country],
            sum(place.suggested == AWARD for place in places),
            somebody_waits=any(place.tied for place in places),
        )
        for country, places in rankings.items()
    )
    waiting = sorted(
        (place for places in rankings.values() for place in places if place.suggested == RESERVE),
        key=lambda place: place.order,
    )
    changed: dict[int, Ranked] = {}
    for _order, equals in groupby(waiting, key=lambda place: place.order):
        group = list(equals)
        if not free:
            break
        fits = len(group) <= free and not any(place.tied for place in group)
        for place in group:
            changed[place.application] = (
                replace(place, suggested=AWARD) if fits else replace(place, tied=True)
            )
        free = free - len(group) if fits else 0
    return {
        country: [changed.get(place.application, place) for place in places]
        for country, places in rankings.items()
    }


def _result(
    rules: ScoringRules, marks: _Marks, application: int, given: Sequence[Sheet]
) -> _Result:
    sheets = counted_sheets(rules, given)
    by_criterion = {
        rule.id: marks.of(rule, tuple(sheet.scores[rule.id] for sheet in sheets))
        for rule in rules.criteria
    }
    total = sum((mark.points for mark in by_criterion.values()), Fraction(0))
    passes = total >= Fraction(rules.total_threshold) and all(
        mark.passes for mark in by_criterion.values()
    )
    by_tie_break = sorted(rules.criteria, key=lambda rule: rule.tie_break_position)
    order: tuple[bool | Fraction, ...] = (
        not passes,
        -total,
        *(-by_criterion[rule.id].points for rule in by_tie_break),
    )
    shown = tuple(mark.shown for mark in by_criterion.values())
    return _Result(application, shown, total, passes, order, len(sheets))


def _ranked_group(group: list[_Result], *, ahead: int, quota: int) -> list[Ranked]:
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
            criteria=result.criteria,
            assessments=result.assessments,
            order=result.order,
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
