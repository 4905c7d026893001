"""What pages say of receipts of payees."""

from __future__ import annotations

from typing import Any

from django import template

from vouchers.awards.models import Voucher
from vouchers.payments.models import PaymentOrder
from vouchers.payments.receipts.models import ReceiptAnswer
from vouchers.payments.receipts.permissions import may_read_receipts
from vouchers.payments.receipts.queries import receipt_of, receipt_states_of
from vouchers.payments.receipts.wording import sentence_of_answer

register = template.Library()


@register.filter
def payee_said(answer: ReceiptAnswer) -> str:
    """What a payee answered, as a sentence."""
    return sentence_of_answer(answer)


@register.inclusion_tag("receipts/_panel.html", takes_context=True)
def receipts_panel(context: template.Context, voucher: Voucher) -> dict[str, Any]:
    """Where the receipts of a voucher stand, for whoever reads it; staff are led to each."""
    return {
        "receipts": receipt_states_of(voucher, context["request"].user),
        "may_read": may_read_receipts.test(context["request"].user),
    }


@register.inclusion_tag("receipts/_row.html", takes_context=True)
def receipt_row(context: template.Context, order: PaymentOrder) -> dict[str, Any]:
    """Whether the payee of a payment has confirmed it; for who reads orders."""
    return {"receipt": receipt_of(order, context["request"].user)}
