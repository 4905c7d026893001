"""Assessments of one application that differ too much: why, and which of them count.

Specification:

1.  Assessments differ too much when two totals differ by more than `discrepancy_limit` per cent of
    the higher one (the habit of EU external actions: more than 30 % calls for a third assessor), or
    when one sheet is below a threshold, of a criterion or of the total, that another reaches.
2.  What a consensus agreed on counts alone; the assessments stay as they were given.
3.  Without a consensus, once a third opinion was asked for and submitted, the sheets whose totals
    are closest count: the pair with the least difference. Pairs that are equally close count with
    all of their sheets, so that no order and no instant of submission decides.
4.  Otherwise every sheet counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations

from .grid import ScoringRules, Sheet

TOTALS, THRESHOLD, TOTAL_THRESHOLD = "totals", "threshold", "total_threshold"

_SHOWN = Decimal("0.01")


@dataclass(frozen=True)
class Cause:
    """Why a consensus is asked for.

    `kind` is TOTALS, THRESHOLD (of `criterion`, its id) or TOTAL_THRESHOLD. `low` and `high` are
    the extremes, in points of 100 or, for a criterion, as scores; `limit` is what they were held
    against: per cent of the higher total, per cent of the highest score, or points.
    """

    kind: str
    low: Decimal
    high: Decimal
    limit: Decimal
    criterion: int | None = None


def causes_of(rules: ScoringRules, sheets: Sequence[Sheet]) -> list[Cause]:
    """Why the assessments of one application call for a consensus; empty where they do not.

    Sheets that were agreed on are left out; after a third opinion only the closest are held
    against one another. The order of the sheets does not matter.
    """
    given = _after_third([sheet for sheet in sheets if not sheet.agreed], rules)
    if len(given) < 2:
        return []
    totals = [rules.total(sheet.scores) for sheet in given]
    low, high = min(totals), max(totals)
    causes = []
    if (high - low) * 100 > Fraction(rules.discrepancy_limit) * high:
        causes.append(Cause(TOTALS, shown_points(low), shown_points(high), rules.discrepancy_limit))
    for rule in rules.criteria:
        scores = [sheet.scores[rule.id] for sheet in given]
        if rules.reaches(rule, max(scores)) and not rules.reaches(rule, min(scores)):
            causes.append(Cause(THRESHOLD, min(scores), max(scores), rule.threshold, rule.id))
    if low < Fraction(rules.total_threshold) <= high:
        causes.append(
            Cause(TOTAL_THRESHOLD, shown_points(low), shown_points(high), rules.total_threshold)
        )
    return causes


def counted_sheets(rules: ScoringRules, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Which sheets of one application the ranking counts; their order does not matter."""
    agreed = [sheet for sheet in sheets if sheet.agreed]
    return agreed or _after_third(list(sheets), rules)


def _after_third(sheets: list[Sheet], rules: ScoringRules) -> list[Sheet]:
    """The sheets whose totals are closest where a third opinion was given; otherwise all."""
    if len(sheets) < 3 or not any(sheet.is_third for sheet in sheets):
        return sheets
    totals = [rules.total(sheet.scores) for sheet in sheets]
    pairs = list(combinations(range(len(sheets)), 2))
    gaps = {pair: abs(totals[pair[0]] - totals[pair[1]]) for pair in pairs}
    least = min(gaps.values())
    close = {at for pair in pairs if gaps[pair] == least for at in pair}
    return [sheet for at, sheet in enumerate(sheets) if at in close]


def shown_points(value: Fraction) -> Decimal:
    """Points as people read them: rounded half up to two decimals."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_SHOWN, rounding=ROUND_HALF_UP)
