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


def control(claim: Claim, cast: Cast, found: Mapping[int, LineFound] | None = None) -> Claim:
    """The officer of its country controls a claim; everything asked is as it should be."""
    asked = checklist_for(claim)
    return actions.verify_claim(
        claim,
        by=cast.officer(claim.voucher.country.code),
        found=found,
        answers=[CheckAnswer("yes") for _question in (asked.questions if asked else [])],
        sample_reason="" if not found else "One line in two, drawn by lot.",
    )


def approve(claim: Claim, cast: Cast) -> Claim:
    """As many coordinators as its sum needs approve a claim, one after the other."""
    for coordinator in cast.coordinators[: claim.approvals_needed or 1]:
        claim = actions.approve_claim(claim, by=coordinator)
    return claim
