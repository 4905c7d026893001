"""The documents that a decision issues, and the facts they state."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.queries.days import iso_day_of
from documents.kinds import ADDRESSEE, DocumentKind, Manner, Told, register
from documents.wording import kept_whole
from vouchers.applications.letters import application_facts, on_letterhead
from vouchers.awards.models import (
    Appeal,
    Award,
    AwardExtension,
    Comment,
    CounterSignature,
    Decision,
    Outcome,
    Voucher,
)
from vouchers.awards.permissions import (
    may_read_appeal,
    may_read_award,
    may_read_decision,
    may_read_round,
    may_read_voucher,
)
from vouchers.awards.queries.clocks import review_until
from vouchers.awards.queries.feedback import draft_of_reasons, scores_of

AWARD_LETTER = register(
    DocumentKind(
        slug="award",
        title=_("Award letter"),
        template="letters/award.html",
        may_read=may_read_award,
        told=(
            ADDRESSEE,
            Told(_("Value of the voucher"), "amount", Manner.MONEY),
            Told(_("Please accept by"), "accept_by", Manner.DAY),
        ),
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
        told=(
            ADDRESSEE,
            Told(_("Value of the voucher"), "amount", Manner.MONEY),
            Told(_("Valid until"), "valid_until", Manner.DAY),
            Told(_("Accepted by"), "accepted_by", Manner.PERSON),
            Told(_("Counter-signed by"), "countersigned_by", Manner.PERSON),
        ),
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
    place = getattr(decision, "reserve_place", None)
    return {
        **application_facts(application),
        **on_letterhead(application),
        **of_coordination(decision.selection_round.decided_by),
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
            for score in scores_of(decision)
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
        **on_letterhead(decision.application),
        # Who decided on a complaint is not held up to who made it: the team answers.
        **of_coordination(None),
        "date": iso_day_of(appeal.decided_at),
        "made_at": appeal.made_at.isoformat(),
        "grounds": appeal.grounds,
        "upheld": appeal.state == Appeal.State.UPHELD,
        "reasons": appeal.reasons,
        "correction": appeal.correction,
        "effect": appeal.effect,
    }


def award_facts(award: Award, extension: AwardExtension | None = None) -> dict[str, Any]:
    """The offer: amount in EUR, by when to accept, and when assistance may run.

    With an `extension` it says that it replaces the letter before.
    """
    call = award.application.call
    return {
        **decision_facts(award.decision),
        **_extended(extension, award),
        "amount": str(award.amount),
        "accept_by": award.accept_by.isoformat(),
        "assistance_starts": call.assistance_starts.isoformat(),
        "assistance_ends": call.assistance_ends.isoformat(),
        "way": call.way_of_use,
    }


def _extended(extension: AwardExtension | None, award: Award) -> dict[str, Any]:
    """Of a letter that replaces another since its last day was moved: from when, on which day."""
    if extension is None:
        return {}
    zone = award.application.country.zone
    return {"date": iso_day_of(extension.granted_at, zone), "moved_from": extension.was.isoformat()}


def agreement_facts(voucher: Voucher) -> dict[str, Any]:
    """What the cluster and the partner agree on: value, validity, who signed when."""
    award = voucher.award
    signature = award.signature
    return {
        **agreement_terms(award, voucher.valid_from, voucher.valid_until),
        **agreement_frame(award),
        "date": iso_day_of(voucher.issued_at, voucher.country.zone),
        "accepted_by": str(award.answered_by),
        "accepted_at": award.answered_at.isoformat() if award.answered_at else "",
        "signed_name": signature.name,
        "signed_function": signature.function,
    }


def countersigned_facts(countersignature: CounterSignature) -> dict[str, Any]:
    """Who signed for the programme, and when: what the agreement states beside what it stated."""
    return {
        "countersigned_name": countersignature.name,
        "countersigned_function": countersignature.function,
        "countersigned_by": str(countersignature.signed_by),
        "countersigned_at": countersignature.signed_at.isoformat(),
    }


def agreement_terms(award: Award, valid_from: date, valid_until: date) -> dict[str, Any]:
    """What the articles of an agreement state, which is known before anybody signs; amounts in EUR."""
    call = award.application.call
    return {
        **application_facts(award.application),
        "amount": str(award.amount),
        "valid_from": valid_from.isoformat(),
        "valid_until": valid_until.isoformat(),
        "way": call.way_of_use,
        "countersigned": call.countersigned,
        "advance_share": f"{call.advance_share.normalize():f}" if call.advance_share else "",
        "rate_rule": str(call.get_rate_month_rule_display()),
    }


def agreement_frame(award: Award) -> dict[str, Any]:
    """What stands around the articles of an agreement: who writes, and what is annexed."""
    reference = kept_whole(award.application.reference or "")
    return {
        **on_letterhead(award.application),
        "annexes": [
            gettext("The application %(reference)s, as it was sent") % {"reference": reference},
            gettext("The plan of the technical assistance, once the partner has approved it"),
        ],
    }


def of_coordination(person: User | None) -> dict[str, Any]:
    """Who signs for the coordination team, as its letters bear it, and where it is."""
    return {
        "coordination": {
            "address": settings.COORDINATION_ADDRESS,
            "signatory": str(person or ""),
            "function": gettext("Coordinator of the programme") if person else "",
        }
    }


def _released(decision: Decision, criterion: int) -> dict[str, list[str]]:
    released = [
        one for one in decision.comments.all() if one.released and one.criterion_id == criterion
    ]
    return {
        "strengths": [one.text for one in released if one.kind == Comment.Kind.STRENGTH],
        "weaknesses": [one.text for one in released if one.kind == Comment.Kind.WEAKNESS],
    }
