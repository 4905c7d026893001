"""The tables of an export: which columns, and what stands in them, for every kind of file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import IO, Any

from django.utils.text import capfirst
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from vouchers.calls.models import Call, Criterion, UnfilledQuota

from .exporting import ASSESSMENT, CONSENSUS, THIRD, Export, points_of, tie_breaks_of, total_of
from .grid import ScoringRules
from .models import Assignment, Consensus
from .queries import CountryRanking
from .ranking import AWARD, REFUSE, RESERVE
from .tables import Column, Table, write_archive

SHARED = "shared"
KINDS = {
    ASSESSMENT: _("assessment"),
    THIRD: _("third opinion"),
    CONSENSUS: _("consensus"),
}
_STATES = {**dict(Assignment.State.choices), **dict(Consensus.State.choices)}
_PROPOSALS = {AWARD: _("award"), RESERVE: _("reserve list"), REFUSE: _("refusal")}
_APPLICATION = Column("application", _("Application"), "reference of the application")
_COUNTRY = Column("country", _("Country"), "ISO 3166 code of the country")
CRITERION = Column("criterion", _("Criterion"), "number of the criterion, see criteria.csv")


_INTRODUCTION = """
Scores and ranking of one call, as they stood when this file was made. Confidential: it names
assessors and clusters.

The ranking follows from rules.csv, criteria.csv, countries.csv and assessments.csv alone. The script
docs/recompute_ranking.py of the portal does so, and docs/recomputing.md tells how.

All files are UTF-8. Keys and headings are English whatever the language of the portal. Points are
decimal numbers with a dot, instants are UTC. A text that begins with = + - or @ has an apostrophe
before it, so that no spreadsheet takes it for a formula.
"""


def write_csv(export: Export, file: IO[bytes]) -> None:
    """Write the tables of an export as CSV in a ZIP, the same whatever language is active."""
    with override("en"):
        tables = [
            rules_table(export),
            criteria_table(export),
            countries_table(export),
            assessments_table(export),
            consensuses_table(export),
            ranking_table(export),
        ]
        write_archive(tables, file, introduction=_INTRODUCTION)


_OF_THE_CALL = (
    "score_min",
    "score_max",
    "score_step",
    "total_threshold",
    "discrepancy_limit",
    "assessors_required",
    "unfilled_quota",
)
RULES = {
    "call": _("Call"),
    **{
        key: capfirst(getattr(Call._meta.get_field(key), "verbose_name", key))
        for key in _OF_THE_CALL
    },
    "countries_left_out": _("Countries of the call that are not in this file"),
}


def rules_table(export: Export, keys: Sequence[str] = tuple(RULES)) -> Table:
    """What the call fixed for all criteria, one rule a row."""
    call = export.call
    values = {
        "call": call.reference,
        **{key: getattr(call, key) for key in _OF_THE_CALL},
        "countries_left_out": export.left_out,
    }
    return Table(
        "rules",
        [
            Column("rule", _("Rule"), "which rule of the call", words=RULES),
            Column(
                "value",
                pgettext_lazy("of a rule", "Value"),
                "what the call says",
                words=dict(UnfilledQuota.choices),
            ),
        ],
        [(key, values[key]) for key in keys],
    )


def criteria_table(export: Export) -> Table:
    """The criteria of the call, in their order."""
    return Table(
        "criteria",
        [
            Column(
                "criterion", pgettext_lazy("of a criterion", "Number"), "number of the criterion"
            ),
            Column("name", _("Criterion"), "its name"),
            Column("weight", _("Weight (points of 100)"), "weight in points of 100"),
            Column(
                "threshold",
                _("Threshold (per cent of the highest score)"),
                "least mean score, in per cent of the highest score",
            ),
            Column("tie_break", _("Order in ties"), "1 decides first between equal totals"),
        ],
        [
            (one.position, str(one.name), one.weight, one.threshold, one.tie_break_position)
            for one in export.criteria
        ],
    )


def countries_table(export: Export) -> Table:
    """How many vouchers each country has to give."""
    return Table(
        "countries",
        [_COUNTRY, Column("vouchers", _("Vouchers"), "vouchers of the country in this call")],
        [(ranking.quota.country_id, ranking.quota.vouchers) for ranking in export.rankings],
    )


def assessments_table(export: Export) -> Table:
    """One row for each score of each sheet; the sheets of an application stand together."""
    return Table(
        "assessments",
        [
            _COUNTRY,
            _APPLICATION,
            Column(
                "sheet",
                pgettext_lazy("of an assessor", "Score sheet"),
                "number of the score sheet within its application",
            ),
            Column("kind", _("Kind"), "assessment, third_opinion or consensus", words=KINDS),
            Column("assessor", _("Assessor"), "who gave the scores; of a consensus the rapporteur"),
            CRITERION,
            Column("criterion_name", _("Name of the criterion"), "its name"),
            Column("weight", _("Weight"), "weight of the criterion in points of 100"),
            Column("score", _("Score"), "the score"),
            Column(
                "state",
                _("State"),
                "scored or agreed; conflicted: not taken into account, since a conflict of "
                "interest came to light",
                words=_STATES,
            ),
            Column(
                "counts",
                pgettext_lazy("a score sheet in the ranking", "Counts"),
                "whether the ranking rests on it: a consensus alone, the closest sheets after a "
                "third opinion, otherwise all",
            ),
            Column("strengths", _("Strengths"), "as they were written"),
            Column("weaknesses", _("Weaknesses"), "as they were written"),
        ],
        [
            (
                export.applications[sheet.application].country_id,
                export.applications[sheet.application].reference,
                sheet.number,
                sheet.kind,
                sheet.name,
                criterion.position,
                str(criterion.name),
                criterion.weight,
                sheet.scores[criterion.pk],
                sheet.state,
                sheet.counts,
                *sheet.grounds[criterion.pk],
            )
            for sheet in export.sheets
            for criterion in export.criteria
        ],
    )


def consensuses_table(export: Export) -> Table:
    """Where a consensus was asked for, and how it ended; what was agreed is among the sheets."""
    return Table(
        "consensuses",
        [
            _COUNTRY,
            _APPLICATION,
            Column(
                "state",
                _("State"),
                "asked, agreed, by_third (settled by a third opinion) or lapsed",
                words=_STATES,
            ),
            Column("asked_at", _("Asked for"), "when it was asked for (UTC)"),
            Column("settled_at", capfirst(_("settled")), "when it was settled (UTC)"),
            Column("rapporteur", _("Rapporteur"), "who records what is agreed"),
            Column("reason", _("What was agreed, and why"), "as it was written"),
        ],
        [
            (
                export.applications[one.application_id].country_id,
                one.application.reference,
                str(one.state),
                one.asked_at,
                one.settled_at,
                str(one.rapporteur or ""),
                one.reason,
            )
            for one in export.consensuses
        ],
    )


def ranking_table(export: Export) -> Table:
    """The places of each country in order; the last columns are two for each criterion."""
    return Table(
        "ranking",
        [
            _COUNTRY,
            Column("place", _("Rank"), "place in the country; equal applications share it"),
            _APPLICATION,
            Column("cluster", _("Cluster"), "name of the cluster"),
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
