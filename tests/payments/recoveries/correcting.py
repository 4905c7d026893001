"""A claim that is paid and corrected, for tests."""

from __future__ import annotations

from decimal import Decimal

from tests.making import today_there, voucher_story
from tests.payments.making import paid
from vouchers.payments.recoveries import actions
from vouchers.payments.recoveries.actions import CorrectionTyped
from vouchers.payments.recoveries.models import Correction


def two_milestones():
    """The story of a voucher of which the first claim (3,000 EUR) is paid, the second can be claimed."""
    told = voucher_story("accepted 0")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    order = paid(told, told._milestone(0))
    return told, order.claim


def typed(claim, amount="200.00", **changed) -> CorrectionTyped:
    """What an auditor found with the first line of the claim."""
    line = claim.lines.order_by("pk").first()
    return CorrectionTyped(
        **{
            "body": "auditors",
            "letter": "ECA/2026/14",
            "letter_on": today_there(),
            "reason": "Two days were invoiced twice.",
            "lines": {line.pk: Decimal(amount)},
            **changed,
        }
    )


def proposed(told, claim, amount="200.00", **changed) -> Correction:
    return actions.propose_correction(
        claim, typed(claim, amount, **changed), by=told.cast.finance[0]
    )


def announced(told, claim, amount="200.00") -> Correction:
    return actions.decide_correction(proposed(told, claim, amount), by=told.cast.coordinators[0])


def to_set_off(told, claim, amount="200.00") -> Correction:
    return actions.set_off_from_now_on(announced(told, claim, amount), by=told.cast.finance[0])


def received(told, correction, amount="200.00"):
    """A part that is back, written down and not confirmed."""
    return actions.receive_part(
        correction,
        amount=Decimal(amount),
        received_on=today_there(),
        bank_reference="IN 7",
        by=told.cast.finance[0],
    )
