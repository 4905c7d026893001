"""Resampling: how many resamples a study draws, and from which seed.

Chance is seeded, so that the same scores give the same study.
"""

from __future__ import annotations

from typing import Any

import numpy as np

RESAMPLES = 1000
SEED = 20_261_125
# So many resamples are drawn at once: what they take in memory stays small.
CHUNK = 50
Floats = np.ndarray[Any, np.dtype[np.float64]]
Integers = np.ndarray[Any, np.dtype[np.int64]]
