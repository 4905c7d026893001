"""All that a study of a call follows from, as plain values."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from .discrepancy import counted_sheets
from .grid import ScoringRules, Sheet
from .resampling import RESAMPLES, SEED


@dataclass(frozen=True)
class CallScores:
    """All that a study follows from. `countries` names that of each ranked application.

    `moves_unfilled` tells whether vouchers that a country cannot fill go to the best elsewhere.
    """

    rules: ScoringRules
    quotas: Mapping[str, int]
    moves_unfilled: bool
    countries: Mapping[int, str]
    sheets: tuple[Sheet, ...]

    def fingerprint(self) -> str:
        """SHA-256 of the scores, whatever order it came in."""
        facts = {
            "rules": asdict(self.rules),
            "quotas": sorted(self.quotas.items()),
            "moves_unfilled": self.moves_unfilled,
            "countries": sorted(self.countries.items()),
            "sheets": [
                [*_key_of(sheet), sorted((pk, str(of)) for pk, of in sheet.scores.items())]
                for sheet in sorted(self.sheets, key=_key_of)
            ],
            "how": [RESAMPLES, SEED],
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()

    def given(self) -> list[Sheet]:
        """The assessments in an order of their own, without what was agreed."""
        return sorted((sheet for sheet in self.sheets if not sheet.agreed), key=_key_of)

    def counted(self) -> dict[int, list[Sheet]]:
        """What counts for each application, by the ranking's own rule."""
        by_application: dict[int, list[Sheet]] = defaultdict(list)
        for sheet in sorted(self.sheets, key=_key_of):
            by_application[sheet.application].append(sheet)
        return {pk: counted_sheets(self.rules, own) for pk, own in by_application.items()}


def _key_of(sheet: Sheet) -> tuple[int, int, bool, bool]:
    return (sheet.application, sheet.assessor, sheet.is_third, sheet.agreed)
