"""The annex of the minutes: every decision of a selection, in a file of its own.

Minutes are read by people, so that they list whoever was selected, tied, decided against the ranking or
put first on the reserve list. The annex lists all, by reference; what it says is fixed with the approval,
so that whoever asks later gets the same bytes, and the minutes state their SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation

from exports.letters.lines import csv_lines
from exports.rules.columns import table_of_keys
from vouchers.awards.models import SelectionRound
from vouchers.awards.queries.selection import decisions_of

COLUMNS = (
    "country",
    "rank",
    "application",
    "total",
    "criteria (mean/points)",
    "by_the_ranking",
    "decision",
    "departure_reason",
    "tied",
    "vote",
)
_CHUNK = 500


@dataclass(frozen=True)
class Annex:
    """How many decisions the annex lists, and the SHA-256 of its bytes."""

    decisions: int
    sha256: str


def annex_of(selection_round: SelectionRound) -> Annex:
    """What the minutes state of the annex, once the decisions are fixed."""
    digest = hashlib.sha256()
    for line in annex_lines(selection_round):
        digest.update(line.encode())
    return Annex(selection_round.decisions.count(), digest.hexdigest())


def annex_lines(selection_round: SelectionRound) -> Iterator[str]:
    """The annex as CSV, the same for every reader."""
    with translation.override("en"):
        yield from csv_lines(table_of_keys("annex", COLUMNS, _rows(selection_round)))


def _rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
    for decision in decisions_of(selection_round).iterator(_CHUNK):
        scores = "; ".join(
            f"{score.criterion.position}: {score.mean}/{score.points}"
            for score in decision.scores.all()
        )
        yield (
            decision.application.country_id,
            decision.rank,
            decision.application.reference,
            decision.total,
            scores,
            decision.suggested,
            decision.outcome,
            decision.departure_reason,
            "yes" if decision.tied else "",
            decision.vote,
        )
