"""The scoring grid of a call and the score sheets on it, as plain values; points are exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class CriterionRule:
    """One criterion: weight in points of 100, threshold in per cent of the highest score."""

    id: int
    weight: Decimal
    threshold: Decimal
    tie_break_position: int


@dataclass(frozen=True)
class ScoringRules:
    """What the call fixed before it opened.

    `discrepancy_limit` is the largest difference between two totals, in per cent of the higher.
    """

    criteria: tuple[CriterionRule, ...]
    score_max: Decimal
    total_threshold: Decimal
    discrepancy_limit: Decimal = Decimal(30)

    def points(self, rule: CriterionRule, score: Decimal | Fraction) -> Fraction:
        """The points of one criterion for a score: score ÷ highest score × weight."""
        return Fraction(score) / Fraction(self.score_max) * Fraction(rule.weight)

    def total(self, scores: Mapping[int, Decimal] | Mapping[int, Fraction]) -> Fraction:
        """The total of a sheet or of means (by criterion id): the sum of the points, at most 100."""
        return sum((self.points(rule, scores[rule.id]) for rule in self.criteria), Fraction(0))

    def reaches(self, rule: CriterionRule, score: Decimal | Fraction) -> bool:
        """Whether a score reaches the threshold of its criterion."""
        return Fraction(score) * 100 >= Fraction(rule.threshold) * Fraction(self.score_max)


@dataclass(frozen=True)
class Sheet:
    """One submitted assessment, or what a consensus agreed on (`agreed`).

    Holds the id of the application and the score by criterion id. `assessor` is the id of who gave
    the scores, 0 for a consensus; `is_third` marks an opinion asked for because two others differ.
    """

    application: int
    scores: Mapping[int, Decimal]
    assessor: int = 0
    is_third: bool = False
    agreed: bool = False
