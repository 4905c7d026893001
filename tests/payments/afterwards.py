"""What comes after payment, for the statements that meet it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from conduct.queries.days import day_of
from demonstration.clock import noon
from tests.making import today_there
from vouchers.books.actions import close_period, propose_period
from vouchers.payments.receipts.actions import AnswerTyped, answer_receipt, send_receipt_link
from vouchers.payments.recoveries.actions import (
    CorrectionTyped,
    decide_correction,
    propose_correction,
    receive_part,
)


def what_came_after(told, order) -> dict[str, Any]:
    """The receipt of the paid order, disputed; and a correction of one euro, of which a part is back."""
    finance, coordinator = told.cast.finance[0], told.cast.coordinators[0]
    claim = order.claim
    link = send_receipt_link(
        order.receipt, name="Amal", email="amal@example.org", language="en", by=finance
    )
    answer = answer_receipt(order.receipt, AnswerTyped("missing"), by=link)
    typed = CorrectionTyped(
        body="olaf",
        letter="OF/1",
        letter_on=today_there(),
        reason="Twice.",
        lines={claim.lines.get().pk: Decimal("1.00")},
    )
    correction = decide_correction(propose_correction(claim, typed, by=finance), by=coordinator)
    part = receive_part(
        correction,
        amount=Decimal("0.40"),
        received_on=today_there(),
        bank_reference="IN 1",
        by=finance,
    )
    closing = propose_period(ends_on=day_of(noon(-60)), by=finance)
    return {
        "receipt": order.receipt,
        "receipt_link": link,
        "receipt_answer": answer,
        "correction": correction,
        "corrected_line": correction.lines.get(),
        "undecided": propose_correction(claim, typed, by=finance),
        "part": part,
        "period": close_period(closing, by=coordinator),
        "closing": propose_period(ends_on=day_of(noon(-50)), by=finance),
    }
