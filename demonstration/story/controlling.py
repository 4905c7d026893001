"""How the people of the story control and approve claims."""

from __future__ import annotations

from collections.abc import Mapping

from demonstration.cast import Cast
from vouchers.calls.models import Call
from vouchers.payments import actions
from vouchers.payments.actions import CheckAnswer
from vouchers.payments.control.actions import write_checklist
from vouchers.payments.control.models import ControlChecklist
from vouchers.payments.control.queries import checklist_for
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.payments.control.wording import default_questions
from vouchers.payments.models import Claim


def checklist(call: Call, cast: Cast) -> ControlChecklist:
    """The call asks in each control what most programmes ask."""
    return write_checklist(call, default_questions(), by=cast.coordinators[0])


def control(
    claim: Claim, cast: Cast, found: Mapping[int, LineFound] | None = None, *, reason: str = ""
) -> Claim:
    """The officer of its country controls a claim; everything asked is as it should be.

    `reason` says what is changed where a coordinator had sent the control back.
    """
    asked = checklist_for(claim)
    return actions.verify_claim(
        claim,
        by=cast.officer(claim.voucher.country.code),
        found=found,
        answers=[CheckAnswer("yes") for _question in (asked.questions if asked else [])],
        sample_reason="" if not found else "One line in two, drawn by lot.",
        reason=reason,
    )


def send_back(claim: Claim, cast: Cast) -> Claim:
    """A coordinator who shall approve a claim has a deduction of it looked at once more."""
    line = claim.lines.first()
    remarks = {line.pk: "La feuille de présence est à la page 4 de l’annexe."} if line else {}
    return actions.send_back(
        claim,
        reason="Merci de relire l’annexe de la facture avant de déduire quoi que ce soit.",
        remarks=remarks,
        by=cast.coordinators[1],
    )


def approve(claim: Claim, cast: Cast) -> Claim:
    """As many coordinators as its sum needs approve a claim, one after the other."""
    for coordinator in cast.coordinators[: claim.approvals_needed or 1]:
        claim = actions.approve_claim(claim, by=coordinator)
    return claim
