"""The table of the ranking: the places of each country, with the points that they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exports.rules.columns import Column, HeldTable
from vouchers.calls.models import Criterion
from vouchers.scoring.exports.queries import (
    Export,
    points_of,
    tie_breaks_of,
    total_of,
)
from vouchers.scoring.ranking.queries.ranking import CountryRanking
from vouchers.scoring.rules.grid import ScoringRules
from vouchers.scoring.rules.ranking import AWARD, REFUSE, RESERVE

from .scores import APPLICATION, COUNTRY

SHARED = "shared"
_PROPOSALS = {AWARD: _("award"), RESERVE: _("reserve list"), REFUSE: _("refusal")}


def ranking_table(export: Export) -> HeldTable:
    """The places of each country in order; the last columns are two for each criterion."""
    return HeldTable(
        "ranking",
        [
            COUNTRY,
            Column("place", _("Rank"), "place in the country; equal applications share it"),
            APPLICATION,
            Column("cluster", _("Cluster"), "name of the cluster", width=36),
            Column("total", _("Total (points of 100)"), "points of 100", decimals=2),
            Column(
                "passes",
                capfirst(_("reaches every threshold")),
                "of each criterion and of the total",
            ),
            Column("proposal", _("By the ranking"), "award, reserve or refuse", words=_PROPOSALS),
            Column(
                "tied",
                capfirst(_("tied at the edge of the quota")),
                "whether the vouchers do not suffice for equal applications, so that people decide",
            ),
            Column(
                "tie_break",
                _("Tie broken by"),
                "numbers of the criteria that parted it from equal totals; shared where none did",
                words={SHARED: _("place is shared")},
            ),
            Column("sheets", _("Score sheets that count"), "how many score sheets count"),
            *_criterion_columns(export.criteria),
        ],
        [row for ranking in export.rankings for row in _ranking_rows(export, ranking)],
    )


def _criterion_columns(criteria: Sequence[Criterion]) -> Iterator[Column]:
    for one in criteria:
        number, name = one.position, str(one.name)
        yield Column(
            f"mean_{number}",
            gettext("%(criterion)s: mean score") % {"criterion": name},
            f"mean score of criterion {number}, rounded to four decimals",
        )
        yield Column(
            f"points_{number}",
            gettext("%(criterion)s: points") % {"criterion": name},
            f"points of criterion {number}, rounded to four decimals",
        )


def _ranking_rows(export: Export, ranking: CountryRanking) -> Iterator[tuple[Any, ...]]:
    numbers = {one.pk: one.position for one in export.criteria}
    used = tie_breaks_of(export.rules, [place for place, _found in ranking.places])
    for place, application in ranking.places:
        points = points_of(export.rules, place)
        yield (
            application.country_id,
            place.rank,
            application.reference,
            application.cluster.name,
            total_of(place),
            place.passes,
            place.suggested,
            place.tied,
            " ".join(str(numbers[pk]) if pk else SHARED for pk in used.get(place.application, [])),
            place.assessments,
            *(
                value
                for rule in export.rules.criteria
                for value in (_mean(export.rules, rule.id, points), points[rule.id])
            ),
        )


def _mean(rules: ScoringRules, criterion: int, points: Mapping[int, Fraction]) -> Fraction:
    """The mean score that gives the points."""
    (rule,) = (rule for rule in rules.criteria if rule.id == criterion)
    return points[criterion] * Fraction(rules.score_max) / Fraction(rule.weight)
