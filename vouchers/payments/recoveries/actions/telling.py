"""What people are told of a correction."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from notices.actions import notify_each
from vouchers.payments.queries import payee_of
from vouchers.payments.recoveries.models import Correction


def tell(people: QuerySet[User], kind: str, correction: Correction, **more: str) -> None:
    """Tell people of a correction: whose money of which claim, how much (EUR) as text, and by when."""
    claim = correction.claim
    notify_each(
        people,
        kind,
        facts={
            "correction": correction.reference,
            "cluster": claim.voucher.award.application.cluster.name,
            "payee": payee_of(claim).name,
            "invoice": claim.invoice_numbers,
            "amount": str(correction.amount),
            "reason": correction.reason,
            "due_on": correction.due_on.isoformat() if correction.due_on else "",
            **more,
        },
        about=correction,
    )
