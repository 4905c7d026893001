"""What the scores of a call say about themselves: spread, severity, agreement, stability. Pure.

Nothing here decides anything; it tells how far a ranking can be relied on. The same material gives
the same study: nothing depends on the order of the assessments, and chance is seeded.

**Severity** of an assessor: the mean, over the applications that others scored as well, of their
score less the mean of the co-assessors' scores. Below zero is stricter than the others. It is exact.

**Agreement**: Krippendorff's alpha (K. Krippendorff, Content Analysis, chapter 12): 1 is full
agreement, 0 what chance would give. Of a criterion at the ordinal level, by the library
`krippendorff`; of totals at the interval level, whose sums of squares need no table of all values.
Its confidence interval is the middle 95 % of resamples of the applications, with replacement.

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

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import krippendorff
import numpy as np

from .discrepancy import counted_sheets
from .grid import ScoringRules, Sheet

RESAMPLES = 1000
SEED = 20_261_125
# So many resamples are drawn at once: what they take in memory stays small.
_CHUNK = 50
# An interval of agreement says nothing of fewer applications.
LEAST_FOR_INTERVAL = 5
# Of a country: all that were ever awarded, and so many places beyond its quota.
_BEYOND_QUOTA = 10
_MOST_SHOWN = 60

Scores = Mapping[int, Decimal]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Integers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Material:
    """All that a study follows from. `countries` names that of each ranked application.

    `moves_unfilled` tells whether vouchers that a country cannot fill go to the best elsewhere.
    """

    rules: ScoringRules
    quotas: Mapping[str, int]
    moves_unfilled: bool
    countries: Mapping[int, str]
    sheets: tuple[Sheet, ...]

    def fingerprint(self) -> str:
        """SHA-256 of the material, whatever order it came in."""
        told = {
            "rules": asdict(self.rules),
            "quotas": sorted(self.quotas.items()),
            "moves_unfilled": self.moves_unfilled,
            "countries": sorted(self.countries.items()),
            "sheets": [
                [*_place_of(sheet), sorted((pk, str(of)) for pk, of in sheet.scores.items())]
                for sheet in sorted(self.sheets, key=_place_of)
            ],
            "how": [RESAMPLES, SEED],
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()

    def given(self) -> list[Sheet]:
        """The assessments in an order of their own, without what was agreed."""
        return sorted((sheet for sheet in self.sheets if not sheet.agreed), key=_place_of)

    def counted(self) -> dict[int, list[Sheet]]:
        """What counts for each application, by the ranking's own rule."""
        by_application: dict[int, list[Sheet]] = defaultdict(list)
        for sheet in sorted(self.sheets, key=_place_of):
            by_application[sheet.application].append(sheet)
        return {pk: counted_sheets(self.rules, own) for pk, own in by_application.items()}


def _place_of(sheet: Sheet) -> tuple[int, int, bool, bool]:
    return (sheet.application, sheet.assessor, sheet.is_third, sheet.agreed)


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


def study(
    material: Material,
    *,
    resamples: int = RESAMPLES,
    tell: Callable[[int], None] = lambda _per_cent: None,
) -> dict[str, Any]:
    """Study the material; everything rounded to six decimals, as JSON keeps it.

    `tell` is called with how much is done, in per cent.
    """
    rules = material.rules
    given = material.given()
    counted = material.counted()
    result: dict[str, Any] = {
        "resamples": resamples,
        "assessors": [
            _told_severity(assessor, severity)
            for assessor, severity in severities(rules, given).items()
        ],
        "overall": _described(rules, given, counted, resamples),
        "countries": {},
    }
    tell(10)
    countries = sorted(set(material.countries.values()) & set(material.quotas))
    share = 90 / max(len(countries), 1)
    for number, country in enumerate(countries):
        own = {pk: sheets for pk, sheets in counted.items() if material.countries[pk] == country}
        done = 10 + share * number
        described = _described(
            rules, [sheet for sheet in given if sheet.application in own], own, resamples
        )
        described["stability"] = _stability(
            rules,
            {pk: [sheet.scores for sheet in sheets] for pk, sheets in own.items()},
            quota=material.quotas[country],
            resamples=resamples,
            tell=lambda part, done=done: tell(int(done + share * part)),  # type: ignore[misc]
        )
        result["countries"][country] = described
    tell(100)
    return result


def _told_severity(assessor: int, severity: Severity) -> dict[str, Any]:
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
                "agreement": _ordinal_agreement(
                    [[float(one.scores[rule.id]) for one in own] for own in _grouped(given)],
                    resamples,
                ),
            }
            for rule in rules.criteria
        ],
        "agreement": _interval_agreement(values, resamples),
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


# --- Agreement ----------------------------------------------------------------------------------
def _interval_agreement(values: Sequence[Sequence[float]], resamples: int) -> dict[str, Any]:
    """Alpha at the interval level: observed over expected squared differences, from sums alone."""
    shared = [np.asarray(own) for own in values if len(own) > 1]
    sums = np.array(
        [
            [
                len(own),
                own.sum(),
                (own**2).sum(),
                2 * (len(own) * (own**2).sum() - own.sum() ** 2) / (len(own) - 1),
            ]
            for own in shared
        ]
    ).reshape(-1, 4)
    return _with_interval(sums, interval_alpha, resamples)


def interval_alpha(sums: Floats) -> Floats:
    """Alpha of one row of sums for each resample: number, sum, squares, observed differences."""
    number, total, squares, observed = sums.T
    expected = 2 * (number * squares - total**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = 1 - observed * (number - 1) / np.where(
            expected > 1e-9 * np.maximum(squares, 1), expected, np.nan
        )
    return found


def _ordinal_agreement(values: Sequence[Sequence[float]], resamples: int) -> dict[str, Any]:
    """Alpha at the ordinal level, by the library; the interval from resampled coincidences."""
    shared = [own for own in values if len(own) > 1]
    domain = sorted({value for own in shared for value in own})
    if len(domain) < 2:
        return {"alpha": None, "low": None, "high": None, "applications": len(shared)}
    counts = np.array([[own.count(value) for value in domain] for own in shared])
    size = len(domain)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(size)
    coincidences = (pairs / (counts.sum(axis=1) - 1)[:, None, None]).reshape(len(shared), -1)
    found = _with_interval(coincidences, ordinal_alpha, resamples)
    found["alpha"] = round(
        float(krippendorff.alpha(value_counts=counts, level_of_measurement="ordinal")), 6
    )
    return found


def ordinal_alpha(coincidences: Floats) -> Floats:
    """Alpha of one table of coincidences (flat, values in their order) for each resample."""
    size = int(np.sqrt(coincidences.shape[1]))
    tables = coincidences.reshape(-1, size, size)
    marginal = tables.sum(axis=2)
    upto = marginal.cumsum(axis=1)
    between = np.abs(upto[:, :, None] - upto[:, None, :])
    # All from the lower value to the higher, with half of either: the sums leave out the lower one.
    lower = np.where(
        np.arange(size)[:, None] <= np.arange(size)[None, :],
        marginal[:, :, None],
        marginal[:, None, :],
    )
    distance = (between + lower - (marginal[:, :, None] + marginal[:, None, :]) / 2) ** 2
    expected = marginal[:, :, None] * marginal[:, None, :] * distance
    total = marginal.sum(axis=1)
    observed_sum = (tables * distance).sum(axis=(1, 2))
    expected_sum = expected.sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = 1 - observed_sum * (total - 1) / np.where(
            expected_sum > 0, expected_sum, np.nan
        )
    return found


def _with_interval(
    rows: Floats, alpha: Callable[[Floats], Floats], resamples: int
) -> dict[str, Any]:
    """Alpha of the sum of `rows`, one for each application, with the middle 95 % of resamples."""
    number = len(rows)
    told: dict[str, Any] = {"alpha": None, "low": None, "high": None, "applications": number}
    if not number:
        return told
    whole = float(alpha(rows.sum(axis=0)[None, :])[0])
    told["alpha"] = None if np.isnan(whole) else round(whole, 6)
    if number < LEAST_FOR_INTERVAL:
        return told
    chance = np.random.default_rng(SEED)
    found = []
    for begun in range(0, resamples, _CHUNK):
        size = min(_CHUNK, resamples - begun)
        drawn = chance.integers(number, size=(size, number))
        flat = (drawn + number * np.arange(size)[:, None]).ravel()
        weights = np.bincount(flat, minlength=size * number).reshape(size, number)
        found.append(alpha(weights @ rows))
    known = np.concatenate(found)
    known = known[~np.isnan(known)]
    if len(known):
        low, high = np.percentile(known, [2.5, 97.5])
        told["low"], told["high"] = round(float(low), 6), round(float(high), 6)
    return told


# --- Stability ----------------------------------------------------------------------------------
def _stability(
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
    for begun in range(0, resamples, _CHUNK):
        size = min(_CHUNK, resamples - begun)
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
