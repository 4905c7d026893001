"""How far assessors agree.

**Agreement**: Krippendorff's alpha (K. Krippendorff, Content Analysis, chapter 12): 1 is full
agreement, 0 what chance would give. Of a criterion at the ordinal level, by the library
`krippendorff`; of totals at the interval level, whose sums of squares need no table of all values.
Its confidence interval is the middle 95 % of resamples of the applications, with replacement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import krippendorff
import numpy as np

from .resampling import CHUNK, SEED, Floats

# An interval of agreement says nothing of fewer applications.
LEAST_FOR_INTERVAL = 5


def interval_agreement(values: Sequence[Sequence[float]], resamples: int) -> dict[str, Any]:
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


def ordinal_agreement(values: Sequence[Sequence[float]], resamples: int) -> dict[str, Any]:
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
    result: dict[str, Any] = {"alpha": None, "low": None, "high": None, "applications": number}
    if not number:
        return result
    whole = float(alpha(rows.sum(axis=0)[None, :])[0])
    result["alpha"] = None if np.isnan(whole) else round(whole, 6)
    if number < LEAST_FOR_INTERVAL:
        return result
    chance = np.random.default_rng(SEED)
    found = []
    for begun in range(0, resamples, CHUNK):
        size = min(CHUNK, resamples - begun)
        drawn = chance.integers(number, size=(size, number))
        flat = (drawn + number * np.arange(size)[:, None]).ravel()
        weights = np.bincount(flat, minlength=size * number).reshape(size, number)
        found.append(alpha(weights @ rows))
    known = np.concatenate(found)
    known = known[~np.isnan(known)]
    if len(known):
        low, high = np.percentile(known, [2.5, 97.5])
        result["low"], result["high"] = round(float(low), 6), round(float(high), 6)
    return result
