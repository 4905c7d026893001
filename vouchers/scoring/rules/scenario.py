"""What if: the ranking by other rules or without somebody's scores, beside the record. Pure.

Everything is computed by the ranking's own function on a copy; nothing is ever kept of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import cast

from .call_scores import CallScores
from .grid import ScoringRules, Sheet
from .ranking import AWARD, Ranked, rank_applications, with_unfilled_vouchers
from .severity import Severity, severities


@dataclass(frozen=True)
class Scenario:
    """What is supposed to be otherwise; the record where nothing is given.

    `weights` and `thresholds` by criterion id; `without` is an assessor's id, whose assessments are
    left out; `adjusted` takes each assessor's severity off their scores.
    """

    weights: Mapping[int, Decimal]
    thresholds: Mapping[int, Decimal]
    total_threshold: Decimal
    without: int | None = None
    adjusted: bool = False

    def rules(self, rules: ScoringRules) -> ScoringRules:
        """The call's rules as they are supposed to be."""
        return replace(
            rules,
            total_threshold=self.total_threshold,
            criteria=tuple(
                replace(rule, weight=self.weights[rule.id], threshold=self.thresholds[rule.id])
                for rule in rules.criteria
            ),
        )


@dataclass(frozen=True)
class Beside:
    """One application by the record and as supposed; None where only one of them ranks it."""

    application: int
    record: Ranked | None
    supposed: Ranked | None

    @property
    def moves(self) -> int:
        """By how many ranks it would rise; below zero it would fall."""
        if self.record is None or self.supposed is None:
            return 0
        return self.record.rank - self.supposed.rank

    @property
    def falls(self) -> int:
        """By how many ranks it would fall."""
        return -self.moves

    @property
    def gains(self) -> bool:
        """Whether it would be within the quota, and is not."""
        return _awarded(self.supposed) and not _awarded(self.record)

    @property
    def loses(self) -> bool:
        """Whether it is within the quota, and would not be."""
        return _awarded(self.record) and not _awarded(self.supposed)

    @property
    def changes_side(self) -> bool:
        """Whether it would go from the reserve list to refusal, or back."""
        if self.record is None or self.supposed is None or self.gains or self.loses:
            return False
        return self.record.suggested != self.supposed.suggested


def compare(call_scores: CallScores, scenario: Scenario, country: str) -> list[Beside]:
    """The applications of a country, as supposed from the first place on, beside the record."""
    record = {place.application: place for place in ranked(call_scores)[country]}
    supposed = ranked(supposed_scores(call_scores, scenario))[country]
    left = {place.application for place in supposed}
    return [
        *(Beside(place.application, record.get(place.application), place) for place in supposed),
        # Of whom nothing is left without the assessor.
        *(Beside(pk, place, None) for pk, place in record.items() if pk not in left),
    ]


def ranked(call_scores: CallScores) -> dict[str, list[Ranked]]:
    """The ranking of each country, by the ranking's own function."""
    sheets: dict[str, list[Sheet]] = {country: [] for country in call_scores.quotas}
    for sheet in call_scores.sheets:
        sheets[call_scores.countries[sheet.application]].append(sheet)
    rankings = {
        country: rank_applications(call_scores.rules, own, quota=call_scores.quotas[country])
        for country, own in sheets.items()
    }
    if not call_scores.moves_unfilled:
        return rankings
    return with_unfilled_vouchers(rankings, call_scores.quotas)


def supposed_scores(call_scores: CallScores, scenario: Scenario) -> CallScores:
    """A copy of the scores as it is supposed to be; what a consensus agreed on stays."""
    sheets: Sequence[Sheet] = call_scores.sheets
    if scenario.adjusted:
        found = severities(call_scores.rules, call_scores.given())
        sheets = [
            sheet if sheet.agreed else _adjusted(sheet, found[sheet.assessor], call_scores.rules)
            for sheet in sheets
        ]
    if scenario.without is not None:
        sheets = [sheet for sheet in sheets if sheet.agreed or sheet.assessor != scenario.without]
    return replace(call_scores, rules=scenario.rules(call_scores.rules), sheets=tuple(sheets))


def _adjusted(sheet: Sheet, severity: Severity, rules: ScoringRules) -> Sheet:
    """The scores less the assessor's severity, by criterion; never above the highest, nor below 0."""
    highest = Fraction(rules.score_max)
    scores = {
        criterion: min(
            max(Fraction(value) - severity.by_criterion[criterion], Fraction(0)), highest
        )
        for criterion, value in sheet.scores.items()
    }
    # The ranking reckons in fractions whatever it is given.
    return replace(sheet, scores=cast("Mapping[int, Decimal]", scores))


def _awarded(place: Ranked | None) -> bool:
    return place is not None and place.suggested == AWARD
