"""A claim of 1,000 EUR that is controlled: 120 deducted, 80 set aside."""

from __future__ import annotations

from decimal import Decimal

from tests.payments.making import claim
from vouchers.calls.models import Call
from vouchers.payments import actions
from vouchers.payments.control.actions import confirm_policy, propose_policy
from vouchers.payments.control.rules.separations import USUAL
from vouchers.payments.control.rules.splitting import LineFound

CUT = LineFound(
    deducted=Decimal("120.00"),
    error_type="evidence",
    reason="No time sheet for one day.",
    parked=Decimal("80.00"),
    park_reason="The train ticket is to follow.",
)


def cut(told, *, found=CUT, amount="1000.00", **more):
    """A claim of one line, of which `found` was found."""
    asked = claim(told._milestone(0), told.manager, amount=amount, **more)
    return actions.verify_claim(asked, by=told.officer, found={asked.lines.get().pk: found})


def approved_in_part(told, **more):
    return actions.approve_claim(cut(told, **more), by=told.cast.coordinators[0])


def line_of(claim):
    return claim.lines.get().pk


def taken_in(told, claim, amount="80.00"):
    """What was set aside of the claim, as a further claim that waits for its approval."""
    return actions.take_in_parked(
        claim,
        {line_of(claim): Decimal(amount)},
        reason="The ticket has come.",
        by=told.officer,
    )


def two_approve_above(told, limit):
    """From now on two people approve what is above the limit (EUR)."""
    Call.objects.filter(pk=told.voucher.award.application.call_id).update(two_approvals_above=limit)
    told.voucher.award.application.call.refresh_from_db()


def policy_without(told, *pairs, also=()):
    """The policy of the portal without some pairs and with others, in force by two coordinators."""
    one, other = told.cast.coordinators
    kept = [pair for pair in (*USUAL, *also) if pair not in pairs]
    return confirm_policy(propose_policy(kept, reason="We are few.", by=one), by=other)
