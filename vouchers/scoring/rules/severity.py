"""How strict each assessor is beside the others.

**Severity** of an assessor: the mean, over the applications that others scored as well, of their
score less the mean of the co-assessors' scores. Below zero is stricter than the others. It is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .grid import ScoringRules, Sheet


@dataclass(frozen=True)
class Severity:
    """How one assessor scores beside the others: exact means, in points of 100 and by criterion."""

    assessments: int
    # Applications that others scored as well; the rest follows from these, and is 0 without any.
    shared: int
    points: Fraction
    by_criterion: Mapping[int, Fraction]
    # Standard deviation of the differences, in points.
    spread: float


def severities(rules: ScoringRules, given: Iterable[Sheet]) -> dict[int, Severity]:
    """The severity of each assessor (by id) over all their assessments, counted or not."""
    by_application: dict[int, list[Sheet]] = defaultdict(list)
    assessments: dict[int, int] = defaultdict(int)
    for one in given:
        by_application[one.application].append(one)
        assessments[one.assessor] += 1
    differences: dict[int, list[dict[int, Fraction]]] = defaultdict(list)
    for own in by_application.values():
        if len(own) > 1:
            for one in own:
                differences[one.assessor].append(_difference(rules, one, own))
    return {
        assessor: _severity(rules, assessments[assessor], differences[assessor])
        for assessor in sorted(assessments)
    }


def _difference(rules: ScoringRules, one: Sheet, own: Sequence[Sheet]) -> dict[int, Fraction]:
    """By criterion: the assessor's score less the mean of the others'."""
    others = len(own) - 1
    return {
        rule.id: Fraction(one.scores[rule.id])
        - (sum((Fraction(each.scores[rule.id]) for each in own), -Fraction(one.scores[rule.id])))
        / others
        for rule in rules.criteria
    }


def _severity(
    rules: ScoringRules, assessments: int, differences: Sequence[Mapping[int, Fraction]]
) -> Severity:
    shared = len(differences)
    mean = {
        rule.id: sum((one[rule.id] for one in differences), Fraction(0)) / max(shared, 1)
        for rule in rules.criteria
    }
    points = [rules.total(one) for one in differences]
    spread = float(np.std([float(one) for one in points], ddof=1)) if shared > 1 else 0.0
    return Severity(assessments, shared, rules.total(mean), mean, round(spread, 6))
