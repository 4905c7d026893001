"""Why this result: how points come about, and how little would have to change. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .discrepancy import counted_sheets
from .grid import ScoringRules, Sheet
from .ranking import AWARD, Ranked, rank_applications


@dataclass(frozen=True)
class CriterionReason:
    """One criterion: the scores that count, their mean, points, and the way to the threshold."""

    criterion: int
    weight: Decimal
    scores: tuple[Decimal, ...]
    mean: Decimal
    points: Decimal
    # The mean that the threshold asks for, and how far above it the mean is (below zero: fails).
    needed: Decimal
    above: Decimal
    passes: bool


@dataclass(frozen=True)
class OneScore:
    """The smallest change of one single score of a criterion that would change the outcome."""

    criterion: int
    by: Decimal


@dataclass(frozen=True)
class Why:
    """What an application's result rests on.

    `rival` is on the other side of the quota's edge: the one that would come in were this one
    worse, or that this one must pass to come in; None where the quota is not the hindrance.
    `margin` is this one's total less the rival's. `tie_break` is the criterion that decided between
    equal totals. `one_score` says how little would change the outcome, by criterion.
    """

    place: Ranked
    criteria: tuple[CriterionReason, ...]
    total_above: Decimal
    rival: Ranked | None
    margin: Decimal | None
    tie_break: int | None
    one_score: tuple[OneScore, ...]

    @property
    def within(self) -> bool:
        """Whether the ranking suggests an award."""
        return self.place.suggested == AWARD

    @property
    def total_below(self) -> Decimal:
        """How far the total is below its threshold."""
        return -self.total_above

    @property
    def behind(self) -> Decimal | None:
        """How many points the rival is ahead."""
        return None if self.margin is None else -self.margin


def explain(
    rules: ScoringRules,
    sheets: Sequence[Sheet],
    application: int,
    *,
    quota: int,
    step: Decimal,
    lowest: Decimal,
) -> Why:
    """Why the application has its result among the sheets of its country.

    `step` and `lowest` are those of the call's scale. Which sheets count is taken as it is: a change
    that would make others count is not looked for.
    """
    ranking = rank_applications(rules, sheets, quota=quota)
    place = next(one for one in ranking if one.application == application)
    rivals = [one for one in ranking if one.application != application and one.passes]
    # Without this one, the quota goes to so many others: the last of them is who it competes with.
    rival = rivals[quota - 1] if 0 < quota <= len(rivals) else None
    own = counted_sheets(rules, [sheet for sheet in sheets if sheet.application == application])
    against = [sheet for sheet in sheets if rival and sheet.application == rival.application]
    return Why(
        place=place,
        criteria=tuple(_reasons(rules, place, own)),
        total_above=place.total - rules.total_threshold,
        rival=rival,
        margin=place.total - rival.total if rival else None,
        tie_break=_tie_break(rules, place, rival),
        one_score=tuple(
            _one_scores(rules, _as_they_count(own), against, quota=quota, step=step, lowest=lowest)
        ),
    )


def _as_they_count(own: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that count, so that each of them goes on counting whatever its scores become."""
    return [replace(sheet, is_third=False, agreed=False) for sheet in own]


def _reasons(rules: ScoringRules, place: Ranked, own: Sequence[Sheet]) -> Iterator[CriterionReason]:
    for rule, result in zip(rules.criteria, place.criteria, strict=True):
        needed = rule.threshold * rules.score_max / 100
        yield CriterionReason(
            criterion=rule.id,
            weight=rule.weight,
            scores=tuple(sheet.scores[rule.id] for sheet in own),
            mean=result.mean,
            points=result.points,
            needed=needed,
            above=result.mean - needed,
            passes=result.passes,
        )


def _tie_break(rules: ScoringRules, place: Ranked, rival: Ranked | None) -> int | None:
    """The criterion that decided between equal totals, where one did."""
    if rival is None or not place.passes or place.total != rival.total:
        return None
    own = {result.criterion: result.points for result in place.criteria}
    theirs = {result.criterion: result.points for result in rival.criteria}
    by_tie_break = sorted(rules.criteria, key=lambda rule: rule.tie_break_position)
    return next((rule.id for rule in by_tie_break if own[rule.id] != theirs[rule.id]), None)


def _one_scores(
    rules: ScoringRules,
    own: Sequence[Sheet],
    against: Sequence[Sheet],
    *,
    quota: int,
    step: Decimal,
    lowest: Decimal,
) -> Iterator[OneScore]:
    """By criterion: the smallest change of one score that turns the outcome, where one does.

    Against the rival alone: no other application's place changes with this one's scores.
    """
    if not quota:
        return
    within = _is_within(rules, own, against)
    for rule in rules.criteria:
        changes = [
            change
            for index in range(len(own))
            if (
                change := _change(
                    rules,
                    own,
                    against,
                    index,
                    rule.id,
                    step=-step if within else step,
                    lowest=lowest,
                )
            )
        ]
        if changes:
            yield OneScore(rule.id, min(changes, key=abs))


def _change(
    rules: ScoringRules,
    own: Sequence[Sheet],
    against: Sequence[Sheet],
    index: int,
    criterion: int,
    *,
    step: Decimal,
    lowest: Decimal,
) -> Decimal | None:
    """By how much this one score must change to turn the outcome; None where it cannot."""
    score = own[index].scores[criterion]
    within, changed = step < 0, score + step
    while lowest <= changed <= rules.score_max:
        sheet = replace(own[index], scores={**own[index].scores, criterion: changed})
        sheets = [*own[:index], sheet, *own[index + 1 :]]
        if _is_within(rules, sheets, against) != within:
            return changed - score
        changed += step
    return None


def _is_within(rules: ScoringRules, own: Sequence[Sheet], against: Sequence[Sheet]) -> bool:
    ranking = rank_applications(rules, [*own, *against], quota=1)
    place = next(one for one in ranking if one.application == own[0].application)
    return place.suggested == AWARD
