"""What the minutes of a selection state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from conduct.queries.days import iso_day_of
from conduct.queries.scoping import for_system
from vouchers.applications.letters import call_facts
from vouchers.applications.models import Recusal
from vouchers.awards.letters.annex import Annex
from vouchers.awards.models import Decision, Outcome, SelectionRound
from vouchers.awards.queries.ceilings import overrides_of
from vouchers.awards.queries.selection import decisions_of
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assignment, Consensus

# A selection of more decisions names the notable ones in its minutes; the annex lists all.
MINUTED_IN_FULL = 120
# So many of each country's reserve list are named then.
RESERVES_MINUTED = 20


def minutes_facts(selection_round: SelectionRound, annex: Annex) -> dict[str, Any]:
    """Everything a selection decided, by country: participants, conflicts, consensus, departures.

    Of a large selection the minutes name whoever people had to look at; all are in the `annex`.
    """
    call = selection_round.call
    numbers = dict(
        selection_round.decisions.order_by()
        .values_list("application__country")
        .annotate(number=Count("pk"))
    )
    outcomes: dict[str, dict[str, Any]] = {}
    for decision in _minuted_decisions(selection_round, annex.decisions):
        country = decision.application.country
        group = outcomes.setdefault(
            country.code,
            {
                "country": str(country.name),
                "partner": country.partner.name,
                "vote": "",
                "decisions": [],
                "decided": numbers[country.code],
            },
        )
        group["vote"] = group["vote"] or decision.vote
        group["decisions"].append(_minuted(decision))
    return {
        "reference": call.reference,
        "call": call_facts(call),
        "date": iso_day_of(selection_round.decided_at),
        "participants": selection_round.participants.splitlines(),
        "remarks": selection_round.remarks,
        "proposed_by": str(selection_round.proposed_by),
        "proposed_at": selection_round.proposed_at.isoformat(),
        "approved_by": str(selection_round.decided_by),
        "approved_at": _instant(selection_round.decided_at),
        "publish_at": _instant(selection_round.publish_at),
        "total_threshold": str(call.total_threshold),
        "unfilled_quota": str(call.get_unfilled_quota_display()),
        "exceptions": exceptions_in(selection_round),
        "conflicts": conflicts_in(call),
        "consensus": consensus_in(call),
        "countries": list(outcomes.values()),
        "annex": {"decisions": annex.decisions, "sha256": annex.sha256},
    }


def _minuted_decisions(selection_round: SelectionRound, number: int) -> QuerySet[Decision]:
    """The decisions that the minutes name: all of a small selection, the notable ones of a large."""
    decisions = decisions_of(selection_round)
    if number <= MINUTED_IN_FULL:
        return decisions
    first_reserves = (
        selection_round.decisions.filter(outcome=Outcome.RESERVE)
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=F("application__country"),
                order_by=[F("rank"), F("application__reference")],
            )
        )
        .filter(place__lte=RESERVES_MINUTED)
    )
    return decisions.filter(
        Q(outcome=Outcome.AWARD)
        | Q(tied=True)
        | ~Q(departure_reason="")
        | Q(pk__in=first_reserves.values("pk"))
    )


def exceptions_in(selection_round: SelectionRound) -> list[dict[str, str]]:
    """The exceptions from the ceiling of a legal entity on which awards of the selection rest."""
    return [
        {
            "reference": one.application.reference or "",
            "cluster": one.application.cluster.name,
            "up_to": str(one.up_to),
            "ceiling": str(one.ceiling),
            "asked_by": str(one.asked_by),
            "reason": one.reason,
            "granted_by": str(one.decided_by),
            "decision_reason": one.decision_reason,
        }
        for one in overrides_of(selection_round)
    ]


@for_system("minutes state every conflict of the call")
def conflicts_in(call: Call) -> list[dict[str, str]]:
    """Who was shut out of which application of a call, and by what kind of conflict."""
    kinds = {
        (assignment.application_id, assignment.assessor_id): str(
            assignment.get_conflict_kind_display()
        )
        for assignment in Assignment.objects.filter(application__call=call).exclude(
            conflict_kind=""
        )
    }
    recusals = Recusal.objects.filter(application__call=call).select_related(
        "person", "application"
    )
    return [
        {
            "person": str(recusal.person),
            "reference": recusal.application.reference or "",
            "kind": kinds.get((recusal.application_id, recusal.person_id), ""),
        }
        for recusal in recusals.order_by("application__reference", "person__full_name")
    ]


@for_system("minutes state every consensus of the call")
def consensus_in(call: Call) -> list[dict[str, str]]:
    """Where assessments differed too much, and how that was settled."""
    found = Consensus.objects.filter(application__call=call).select_related(
        "application", "rapporteur"
    )
    return [
        {
            "reference": consensus.application.reference or "",
            "state": str(consensus.get_state_display()),
            "rapporteur": str(consensus.rapporteur or ""),
            "reason": consensus.reason,
        }
        for consensus in found.order_by("application__reference")
    ]


def _minuted(decision: Decision) -> dict[str, Any]:
    return {
        "rank": decision.rank,
        "reference": decision.application.reference,
        "cluster": decision.application.cluster.name,
        "total": str(decision.total),
        "suggested": str(decision.get_suggested_display()),
        "outcome": str(decision.get_outcome_display()),
        "departs": decision.suggested != decision.outcome and not decision.tied,
        "departure_reason": decision.departure_reason,
        "tied": decision.tied,
        "scores": [
            {"criterion": str(score.criterion.name), "mean": str(score.mean)}
            for score in decision.scores.all()
        ],
    }


def _instant(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
