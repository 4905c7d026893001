"""What people are told of a batch."""

from __future__ import annotations

from accounts.models import Role
from accounts.queries import people_holding
from conduct.actions.queueing import queue_after_commit
from notices.actions import notify_each
from vouchers.payments.actions.steps import tell
from vouchers.payments.batches.models import PayeeMail, PaymentBatch
from vouchers.payments.batches.tasks import mail_payee
from vouchers.payments.models import PaymentOrder
from vouchers.payments.queries import claimants_of, payee_of


def facts_of(batch: PaymentBatch, **more: str) -> dict[str, object]:
    """The batch in a message: reference, payments, and their sum (EUR) as text."""
    return {
        "batch": batch.reference,
        "payments": batch.count,
        "total": str(batch.total),
        "proposed_by": str(batch.proposed_by),
        **more,
    }


def tell_of_return(order: PaymentOrder) -> None:
    """Tell finance, the cluster and the payee that the money of a locked payment came back."""
    why = {"reason": order.return_reason, "code": order.return_code}
    notify_each(
        people_holding(Role.FINANCE),
        "batch-payment-returned",
        facts=facts_of(order.batch, payee=order.payee, order=order.reference, **why),
        about=order.batch,
    )
    claim = order.claim
    tell(claimants_of(claim.voucher), "claim-payment-returned", claim, payee=order.payee, **why)
    if email := payee_of(claim).email:
        mail = PayeeMail.objects.create(payment=order, to=email)
        queue_after_commit(mail_payee, mail.pk)
