"""The annex of the minutes: every decision of a selection, in a file of its own.

Minutes are read by people, so that they list whoever was selected, tied, decided against the ranking or
put first on the reserve list. The annex lists all, by reference; what it says is fixed with the approval,
so that whoever asks later gets the same bytes, and the minutes state their SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from exports.letters.lines import csv_lines
from exports.rules.columns import table_of_keys
from vouchers.awards.models import DecisionScore, SelectionRound

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
_CHUNK = 2000


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
    return csv_lines(table_of_keys("annex", COLUMNS, _rows(selection_round)))


def _rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
    """Two queries, read side by side in one order, as plain values: there may be thousands."""
    order = ("application__country_id", "rank", "application__reference", "pk")
    decisions = selection_round.decisions.order_by(*order).values_list(
        "pk",
        *("application__country_id", "rank", "application__reference", "total", "suggested"),
        *("outcome", "departure_reason", "tied", "vote"),
    )
    scores = DecisionScore.objects.filter(decision__selection_round=selection_round).order_by(
        *(f"decision__{name}" for name in order), "criterion__position"
    )
    by_decision = groupby(
        scores.values_list("decision", "criterion__position", "mean", "points").iterator(_CHUNK),
        key=itemgetter(0),
    )
    # A decision always has scores; one without any has no group of its own.
    group = next(by_decision, None)
    for (
        pk,
        country,
        rank,
        reference,
        total,
        suggested,
        outcome,
        reason,
        tied,
        vote,
    ) in decisions.iterator(_CHUNK):
        scored = ""
        if group is not None and group[0] == pk:
            scored = "; ".join(f"{at}: {mean}/{points}" for _pk, at, mean, points in group[1])
            group = next(by_decision, None)
        yield (
            *(country, rank, reference, total, scored, suggested, outcome, reason),
            "yes" if tied else "",
            vote,
        )
