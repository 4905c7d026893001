"""How far a ranking hangs on who was asked to score.

**Stability**: in each resample every application keeps as many assessments as count for it, drawn
with replacement from those that it has, and all are ranked anew by the rules of the call. The share
is that of the resamples in which it is within its own country's quota, and not tied across the edge.
What is not resampled: which applications and assessors there are, and scores agreed by consensus,
which stand as they are. Of two assessments there are only three mixtures (the one twice,
the other twice, or both, in a quarter, a quarter and half of the resamples): shares are coarse, and
the true uncertainty of a mean of two is larger than what this shows. Read it as 'how much hangs on
whom we asked', not as the chance of being right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import lcm
from typing import Any

import numpy as np

from .grid import ScoringRules
from .resampling import CHUNK, SEED, Integers

# Of a country: all that were ever awarded, and so many places beyond its quota.
_BEYOND_QUOTA = 10
_MOST_SHOWN = 60
Scores = Mapping[int, Decimal]


def stability_of(
    rules: ScoringRules,
    counted: Mapping[int, Sequence[Scores]],
    *,
    quota: int,
    resamples: int,
    tell: Callable[[float], None],
) -> list[dict[str, Any]]:
    """How often each application is within the quota, the steadiest first; see the module."""
    applications = sorted(counted)
    if not applications:
        return []
    table, numbers = _as_integers(rules, [counted[pk] for pk in applications])
    chance = np.random.default_rng(SEED)
    awarded = np.zeros(len(applications), dtype=np.int64)
    tied, passed = awarded.copy(), awarded.copy()
    ranks = np.empty((resamples, len(applications)), dtype=np.int32)
    for begun in range(0, resamples, CHUNK):
        size = min(CHUNK, resamples - begun)
        keys = _keys(rules, _drawn(table, numbers, chance, size), numbers)
        outcome = _outcome(keys, quota)
        awarded += outcome.awarded
        tied += outcome.tied
        passed += outcome.passed
        ranks[begun : begun + size] = outcome.ranks
        tell((begun + size) / resamples)
    as_scored = _outcome(_keys(rules, table.sum(axis=1)[None], numbers), quota)
    low, high = np.percentile(ranks, [5, 95], axis=0, method="nearest")
    rows = [
        {
            "application": pk,
            "rank": int(as_scored.ranks[0, index]),
            "share": round(int(awarded[index]) / resamples, 6),
            "tied": round(int(tied[index]) / resamples, 6),
            "passes": round(int(passed[index]) / resamples, 6),
            "low": int(low[index]),
            "high": int(high[index]),
        }
        for index, pk in enumerate(applications)
    ]
    rows.sort(key=lambda row: (row["rank"], -row["share"], row["application"]))
    return [row for row in rows if row["share"] or row["rank"] <= quota + _BEYOND_QUOTA][
        :_MOST_SHOWN
    ]


def _as_integers(
    rules: ScoringRules, counted: Sequence[Sequence[Scores]]
) -> tuple[Integers, Integers]:
    """Scores in hundredths by application, slot and criterion (0 where a slot is empty)."""
    numbers = np.array([len(own) for own in counted], dtype=np.int64)
    table = np.zeros((len(counted), int(numbers.max()), len(rules.criteria)), dtype=np.int64)
    for index, own in enumerate(counted):
        for slot, scores in enumerate(own):
            table[index, slot] = [int(scores[rule.id] * 100) for rule in rules.criteria]
    return table, numbers


def _drawn(table: Integers, numbers: Integers, chance: np.random.Generator, size: int) -> Integers:
    """The sums of `size` resamples: by resample, application and criterion."""
    applications, slots, _criteria = table.shape
    drawn = (chance.random((size, applications, slots)) * numbers[None, :, None]).astype(np.int64)
    taken = table[np.arange(applications)[None, :, None], drawn]
    used = np.arange(slots)[None, :] < numbers[:, None]
    summed: Integers = (taken * used[None, :, :, None]).sum(axis=2)
    return summed


def _keys(rules: ScoringRules, sums: Integers, numbers: Integers) -> list[Integers]:
    """What orders the applications, the first key first, lower before higher; exact integers.

    Sums of different numbers of assessments are brought to one denominator.
    """
    common = lcm(*(int(number) for number in np.unique(numbers)))
    level = sums * (common // numbers)[None, :, None]
    weights = np.array([int(rule.weight * 100) for rule in rules.criteria], dtype=np.int64)
    thresholds = np.array([int(rule.threshold * 100) for rule in rules.criteria], dtype=np.int64)
    highest = int(rules.score_max * 100)
    points = level * weights
    total = points.sum(axis=2)
    passes = (total >= int(rules.total_threshold * 100) * common * highest) & (
        level * 10_000 >= thresholds * highest * common
    ).all(axis=2)
    order = sorted(range(len(rules.criteria)), key=lambda k: rules.criteria[k].tie_break_position)
    return [(~passes).astype(np.int64), -total, *(-points[:, :, k] for k in order)]


@dataclass(frozen=True)
class _Outcome:
    """Of some resamples: how often each application is awarded, tied, passes; its ranks."""

    awarded: Integers
    tied: Integers
    passed: Integers
    ranks: Integers


def _outcome(keys: Sequence[Integers], quota: int) -> _Outcome:
    resamples, applications = keys[0].shape
    order = np.lexsort(tuple(reversed(keys)), axis=-1)
    inorder = [np.take_along_axis(key, order, axis=1) for key in keys]
    begins = np.ones((resamples, applications), dtype=bool)
    if applications > 1:
        begins[:, 1:] = np.any([key[:, 1:] != key[:, :-1] for key in inorder], axis=0)
    places = np.arange(applications)[None, :]
    # Equal applications share the rank of the first of them, and the place of the last.
    first = np.maximum.accumulate(np.where(begins, places, 0), axis=1)
    ends = np.ones_like(begins)
    ends[:, :-1] = begins[:, 1:]
    last = np.minimum.accumulate(np.where(ends, places, applications)[:, ::-1], axis=1)[:, ::-1]
    passes = inorder[0] == 0
    sorted_awarded = passes & (last < quota)
    sorted_tied = passes & (first < quota) & (last >= quota)

    def back(values: Any) -> Any:
        placed = np.empty_like(values)
        np.put_along_axis(placed, order, values, axis=1)
        return placed

    return _Outcome(
        awarded=back(sorted_awarded).sum(axis=0),
        tied=back(sorted_tied).sum(axis=0),
        passed=back(passes).sum(axis=0),
        ranks=back(first + 1),
    )
