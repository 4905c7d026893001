"""What comes after payment: payees say whether it has arrived, and an audit finds something."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from conduct.queries.days import day_of, today
from demonstration.cast import Cast
from demonstration.clock import noon, on
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.receipts.actions import AnswerTyped, answer_receipt
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.recoveries.actions import (
    CorrectionTyped,
    decide_correction,
    demand_recovery,
    propose_correction,
)

# What the bank of the payee kept for itself.
_CHARGES = Decimal("14.50")
_THANKS = {
    "en": "Thank you, it is on our account.",
    "fr": "Merci, le montant est sur notre compte.",
    "ar": "شكرًا، وصل المبلغ إلى حسابنا.",
}
_CHARGED = {
    "en": "Our bank kept charges.",
    "fr": "Notre banque a retenu des frais.",
    "ar": "اقتطع مصرفنا رسومًا.",
}


def payees_answer() -> None:
    """Payees say on the next day that it has arrived, but the newest, whose bank kept charges.

    Of a payment that came back nobody is asked any more.
    """
    asked = Receipt.objects.filter(
        state=Receipt.State.ASKED, order__state=PaymentOrder.State.PAID
    ).order_by("asked_at", "pk")
    receipts = list(asked.select_related("order__claim__voucher__award__application"))
    for receipt in receipts:
        link = receipt.links.order_by("-pk").first()
        if link is None:
            continue
        is_short = receipt == receipts[-1]
        with on(min(receipt.asked_at + timedelta(days=1), noon(0))):
            day = day_of(receipt.asked_at, receipt.order.claim.voucher.country.zone)
            typed = AnswerTyped(
                "different" if is_short else "received",
                received_on=day,
                amount=receipt.order.amount - _CHARGES if is_short else None,
                currency="EUR" if is_short else "",
                words=(_CHARGED if is_short else _THANKS)[link.language],
            )
            answer_receipt(receipt, typed, by=link)


def an_audit_finds_something(cast: Cast, slug: str) -> None:
    """A day that was invoiced twice is corrected, and demanded back until the end of next month."""
    claim = (
        Claim.objects.filter(state=Claim.State.PAID, voucher__award__application__call__slug=slug)
        .order_by("pk")
        .first()
    )
    if claim is None:
        raise ValueError("The story has paid no claim of this call.")
    line = claim.lines.order_by("pk")[0]
    finance = cast.finance[0]
    with on(noon(-20)):
        typed = CorrectionTyped(
            body="auditors",
            letter="ECA/2026/114",
            letter_on=today() - timedelta(days=6),
            reason="One day of the second week was invoiced twice.",
            lines={line.pk: Decimal("250.00")},
        )
        correction = propose_correction(claim, typed, by=finance)
    with on(noon(-18)):
        correction = decide_correction(correction, by=cast.coordinators[0])
    with on(noon(-17)):
        demand_recovery(correction, due_on=today() + timedelta(days=45), by=finance)
