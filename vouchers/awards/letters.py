"""The documents that a decision issues, and the facts they state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.kinds import DocumentKind, register
from records.days import iso_day_of
from vouchers.applications.letters import application_facts, call_facts
from vouchers.applications.models import Recusal
from vouchers.calls.models import Call
from vouchers.scoring.models import Assignment, Consensus

from .clocks import review_until
from .feedback import draft_of_reasons
from .models import (
    Appeal,
    Award,
    Comment,
    Decision,
    Outcome,
    ReservePlace,
    SelectionRound,
    Voucher,
)
from .permissions import (
    may_read_appeal,
    may_read_award,
    may_read_decision,
    may_read_round,
    may_read_voucher,
)
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
        may_read=may_read_round,
    )
)
APPEAL_LETTER = register(
    DocumentKind(
        slug="review",
        title=_("Outcome of the review"),
        template="letters/review_outcome.html",
        may_read=may_read_appeal,
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
    """The decision on one application with its scores, the released comments and the reasons.

    Names no assessor and no other applicant (design, rule 5). `review_until` is empty for an award,
    and before publication.
    """
    application = decision.application
    awarded = decision.outcome == Outcome.AWARD
    until = None if awarded else review_until(decision)
    place = ReservePlace.objects.filter(decision=decision).first()
    return {
        **application_facts(application),
        "date": iso_day_of(decision.selection_round.published_at),
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
                **_released(decision, score.criterion_id),
            }
            for score in decision.scores.select_related("criterion")
        ],
        "reasons": "" if awarded else reasons_of(decision),
        "review_until": until.isoformat() if until else "",
        "review_days": application.call.days_to_appeal,
        "reserve_place": place.position if place else 0,
        "reserve_until": place.until.isoformat() if place else "",
    }


def reasons_of(decision: Decision) -> str:
    """The reasons as they were written, in the active language; the draft where nobody wrote any."""
    written = str(decision.feedback.reasons or "") if hasattr(decision, "feedback") else ""
    return written.strip() or draft_of_reasons(decision)


def appeal_facts(appeal: Appeal) -> dict[str, Any]:
    """What came of a request for review: which step it named, the outcome, why, what follows."""
    decision = appeal.decision
    return {
        **application_facts(decision.application),
        "date": iso_day_of(appeal.decided_at),
        "made_at": appeal.made_at.isoformat(),
        "grounds": appeal.grounds,
        "upheld": appeal.state == Appeal.State.UPHELD,
        "reasons": appeal.reasons,
        "correction": appeal.correction,
        "effect": appeal.effect,
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
        "date": iso_day_of(voucher.issued_at, voucher.country.zone),
        "amount": str(voucher.amount),
        "valid_from": voucher.valid_from.isoformat(),
        "valid_until": voucher.valid_until.isoformat(),
        "accepted_by": str(award.answered_by),
        "accepted_at": award.answered_at.isoformat() if award.answered_at else "",
    }


def minutes_facts(selection_round: SelectionRound) -> dict[str, Any]:
    """Everything a selection decided, by country: participants, conflicts, consensus, departures."""
    call = selection_round.call
    outcomes: dict[str, dict[str, Any]] = {}
    for decision in decisions_of(selection_round):
        country = decision.application.country
        group = outcomes.setdefault(
            country.code,
            {
                "country": str(country.name),
                "partner": country.partner.name,
                "vote": "",
                "decisions": [],
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
        "conflicts": conflicts_in(call),
        "consensus": consensus_in(call),
        "countries": list(outcomes.values()),
    }


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


def _released(decision: Decision, criterion: int) -> dict[str, list[str]]:
    released = decision.comments.filter(criterion=criterion, released=True)
    return {
        "strengths": [one.text for one in released if one.kind == Comment.Kind.STRENGTH],
        "weaknesses": [one.text for one in released if one.kind == Comment.Kind.WEAKNESS],
    }


def _instant(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
