"""What people are told of a batch."""

from __future__ import annotations

from vouchers.payments.batches.models import PaymentBatch


def facts_of(batch: PaymentBatch, **more: str) -> dict[str, object]:
    """The batch in a message: reference, payments, and their sum (EUR) as text."""
    return {
        "batch": batch.reference,
        "payments": batch.count,
        "total": str(batch.total),
        "proposed_by": str(batch.proposed_by),
        **more,
    }
