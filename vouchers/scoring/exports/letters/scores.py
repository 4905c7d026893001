"""The tables of an export: which columns, and what they hold, for every kind of file."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exports.rules.columns import Column, HeldTable
from vouchers.calls.models import Call, UnfilledQuota
from vouchers.scoring.assessing.models import Assignment, Consensus
from vouchers.scoring.exports.queries import (
    ASSESSMENT,
    CONSENSUS,
    THIRD,
    Export,
)

KINDS = {
    ASSESSMENT: _("assessment"),
    THIRD: _("third opinion"),
    CONSENSUS: _("consensus"),
}

_STATES = {**dict(Assignment.State.choices), **dict(Consensus.State.choices)}


APPLICATION = Column("application", _("Application"), "reference of the application", width=20)
COUNTRY = Column("country", _("Country"), "ISO 3166 code of the country")
CRITERION = Column("criterion", _("Criterion"), "number of the criterion, see criteria.csv")
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


def rules_table(export: Export, keys: Sequence[str] = tuple(RULES)) -> HeldTable:
    """What the call fixed for all criteria, one rule a row."""
    call = export.call
    values = {
        "call": call.reference,
        **{key: getattr(call, key) for key in _OF_THE_CALL},
        "countries_left_out": export.left_out,
    }
    return HeldTable(
        "rules",
        [
            Column("rule", _("Rule"), "which rule of the call", words=RULES, width=52),
            Column(
                "value",
                pgettext_lazy("of a rule", "Value"),
                "what the call says",
                words=dict(UnfilledQuota.choices),
            ),
        ],
        [(key, values[key]) for key in keys],
    )


def criteria_table(export: Export) -> HeldTable:
    """The criteria of the call, in their order."""
    return HeldTable(
        "criteria",
        [
            Column(
                "criterion", pgettext_lazy("of a criterion", "Number"), "number of the criterion"
            ),
            Column("name", _("Criterion"), "its name", width=44),
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


def countries_table(export: Export) -> HeldTable:
    """How many vouchers each country has to give."""
    return HeldTable(
        "countries",
        [COUNTRY, Column("vouchers", _("Vouchers"), "vouchers of the country in this call")],
        [(ranking.quota.country_id, ranking.quota.vouchers) for ranking in export.rankings],
    )


def assessments_table(export: Export) -> HeldTable:
    """One row for each score of each sheet; the sheets of an application stand together."""
    return HeldTable(
        "assessments",
        [
            COUNTRY,
            APPLICATION,
            Column(
                "sheet",
                pgettext_lazy("of an assessor", "Score sheet"),
                "number of the score sheet within its application",
            ),
            Column("kind", _("Kind"), "assessment, third_opinion or consensus", words=KINDS),
            Column(
                "assessor",
                _("Assessor"),
                "who gave the scores; of a consensus the rapporteur",
                width=26,
            ),
            CRITERION,
            Column("criterion_name", _("Name of the criterion"), "its name", width=30),
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
            Column("strengths", _("Strengths"), "as they were written", width=60),
            Column("weaknesses", _("Weaknesses"), "as they were written", width=60),
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


def consensuses_table(export: Export) -> HeldTable:
    """Where a consensus was asked for, and how it ended; what was agreed is among the sheets."""
    return HeldTable(
        "consensuses",
        [
            COUNTRY,
            APPLICATION,
            Column(
                "state",
                _("State"),
                "asked, agreed, by_third (settled by a third opinion) or lapsed",
                words=_STATES,
            ),
            Column("asked_at", _("Asked for"), "when it was asked for (UTC)"),
            Column("settled_at", capfirst(_("settled")), "when it was settled (UTC)"),
            Column("rapporteur", _("Rapporteur"), "who records what is agreed", width=26),
            Column("reason", _("What was agreed, and why"), "as it was written", width=60),
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
