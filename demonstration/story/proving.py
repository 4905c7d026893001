"""What shows that a cluster has paid its provider, where its call asks for that."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from demonstration.content.papers import paper
from vouchers.payments.claims.actions import is_paid_first, keep_invoice_file

if TYPE_CHECKING:
    from .vouchers import VoucherStory


def proof_of(told: VoucherStory, number: str, day: date) -> dict[str, Any]:
    """When the invoice of the `number` was paid, and the bank's paper of it; nothing where none is."""
    if not is_paid_first(told.voucher):
        return {}
    sent = paper(f"bank-{number}.pdf", number, told.provider.name)
    return {
        "paid_on": day,
        "proof": keep_invoice_file(told.voucher, sent, by=told.manager),
    }
