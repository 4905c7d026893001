"""The documents that a decision issues, and the facts they state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.kinds import DocumentKind, register
from vouchers.applications.letters import application_facts, call_facts
from vouchers.applications.models import Recusal
from vouchers.scoring.queries import submitted_assessments

from .models import Award, Decision, SelectionRound, Voucher
from .permissions import may_read_award, may_read_decision, may_read_selection, may_read_voucher
from .queries import decisions_of

AWARD_LETTER = register(
    DocumentKind(
        slug="award",
        title=_("Award letter"),
        template="letters/award.html",
        may_read=may_read_award,
    )
)
RESERVE_LETTER = register(
    DocumentKind(
        slug="reserve",
        title=_("Reserve-list letter"),
        template="letters/reserve.html",
        may_read=may_read_decision,
    )
)
REFUSAL_LETTER = register(
    DocumentKind(
        slug="refusal",
        title=_("Refusal letter"),
        template="letters/refusal.html",
        may_read=may_read_decision,
    )
)
MINUTES = register(
    DocumentKind(
        slug="minutes",
        title=_("Minutes of the selection"),
        template="letters/minutes.html",
        may_read=may_read_selection,
    )
)
AGREEMENT = register(
    DocumentKind(
        slug="agreement",
        title=_("Voucher agreement"),
        template="letters/agreement.html",
        may_read=may_read_voucher,
    )
)


def decision_facts(decision: Decision) -> dict[str, Any]:
    """The decision on one application with its scores and the assessors' reasons.

    Names no assessor and no other applicant (design, rule 5).
    """
    application = decision.application
    return {
        **application_facts(application),
        "date": _decided_on(decision.selection_round),
        "rank": decision.rank,
        "total": str(decision.total),
        "total_threshold": str(application.call.total_threshold),
        "score_max": str(application.call.score_max),
        "scores": [
            {
                "criterion": str(score.criterion.name),
                "mean": str(score.mean),
                "points": str(score.points),
                "weight": str(score.criterion.weight),
                "threshold": str(score.criterion.threshold),
                "comments": _comments(decision, score.criterion_id),
            }
            for score in decision.scores.select_related("criterion")
        ],
    }


def award_facts(award: Award) -> dict[str, Any]:
    """The offer: amount in EUR, by when to accept, and when assistance may run."""
    call = award.application.call
    return {
        **decision_facts(award.decision),
        "amount": str(award.amount),
        "accept_by": award.accept_by.isoformat(),
        "assistance_starts": call.assistance_starts.isoformat(),
        "assistance_ends": call.assistance_ends.isoformat(),
    }


def agreement_facts(voucher: Voucher) -> dict[str, Any]:
    """What the cluster and the partner agree on: value, validity, who signed when."""
    award = voucher.award
    return {
        **application_facts(award.application),
        "date": voucher.issued_at.date().isoformat(),
        "amount": str(voucher.amount),
        "valid_from": voucher.valid_from.isoformat(),
        "valid_until": voucher.valid_until.isoformat(),
        "accepted_by": str(award.answered_by),
        "accepted_at": award.answered_at.isoformat() if award.answered_at else "",
    }


def minutes_facts(selection_round: SelectionRound) -> dict[str, Any]:
    """Everything a selection decided, by country, with participants, conflicts and departures."""
    outcomes: dict[str, dict[str, Any]] = {}
    for decision in decisions_of(selection_round):
        country = decision.application.country
        group = outcomes.setdefault(
            country.code,
            {"country": str(country.name), "partner": country.partner.name, "decisions": []},
        )
        group["decisions"].append(
            {
                "rank": decision.rank,
                "reference": decision.application.reference,
                "cluster": decision.application.cluster.name,
                "total": str(decision.total),
                "suggested": str(decision.get_suggested_display()),
                "outcome": str(decision.get_outcome_display()),
                "departure_reason": decision.departure_reason,
                "scores": [
                    {"criterion": str(score.criterion.name), "mean": str(score.mean)}
                    for score in decision.scores.all()
                ],
            }
        )
    recusals = Recusal.objects.filter(application__call=selection_round.call).select_related(
        "person", "application"
    )
    return {
        "reference": selection_round.call.reference,
        "call": call_facts(selection_round.call),
        "date": _decided_on(selection_round),
        "participants": selection_round.participants.splitlines(),
        "remarks": selection_round.remarks,
        "proposed_by": str(selection_round.proposed_by),
        "approved_by": str(selection_round.decided_by),
        "conflicts": [
            {"person": str(recusal.person), "reference": recusal.application.reference}
            for recusal in recusals
        ],
        "countries": list(outcomes.values()),
    }


def _decided_on(selection_round: SelectionRound) -> str:
    instant = selection_round.decided_at
    return instant.date().isoformat() if instant else ""


def _comments(decision: Decision, criterion: int) -> list[str]:
    return [
        text
        for assessment in submitted_assessments(decision.application)
        for score in assessment.scores.all()
        if score.criterion_id == criterion
        for text in (score.strengths, score.weaknesses)
        if text
    ]
