"""The bank has the file; or the batch is cancelled, freely before that, by the bank's word after."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import action, constraints_of, judged, move, require_words
from notices.actions import notify_each
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.batches.permissions import may_acknowledge_batch, may_cancel_batch
from vouchers.payments.models import PaymentOrder
from vouchers.payments.recoveries.actions import drop_set_offs

from .booking import follow_payments, give_back, require_banks_word
from .locking import by_books, locked_payments
from .telling import facts_of

_BEFORE = (PaymentBatch.State.PROPOSED, PaymentBatch.State.AUTHORISED)


@action(gettext_lazy("Payment batch acknowledged by the bank"))
def acknowledge_batch(batch: PaymentBatch, *, bank_reference: str, by: User) -> PaymentBatch:
    """Note that the bank has the file, under the reference that it gave."""
    batch = judged(batch, may_acknowledge_batch, by=by, states=[PaymentBatch.State.EXPORTED])
    require_words(
        bank_reference, _("Write the reference that the bank gave."), field="bank_reference"
    )
    move(batch, PaymentBatch.State.ACKNOWLEDGED)
    batch.acknowledged_by, batch.acknowledged_at = by, timezone.now()
    batch.bank_reference = bank_reference
    batch.clean_fields(exclude={one.name for one in batch._meta.fields} - {"bank_reference"})
    with constraints_of(PaymentBatch):
        batch.save()
    return batch


@action(gettext_lazy("Payment batch cancelled"))
def cancel_batch(
    batch: PaymentBatch,
    *,
    reason: str,
    by: User,
    bank_reference: str = "",
    told_on: date | None = None,
) -> PaymentBatch:
    """Cancel what is not paid of a batch: its claims are approved, and can be proposed anew.

    Before the export a reason is enough; after it the bank's word is needed: `bank_reference` of its
    message, and the day of it. What the bank has paid stays paid. Raises Refused beside the field.
    """
    batch = judged(batch, may_cancel_batch, by=by, states=[*_BEFORE, *PaymentBatch.OUTSIDE])
    payments = locked_payments(batch)
    require_words(reason, _("Say why it is cancelled."))
    if batch.state in _BEFORE:
        move(batch, PaymentBatch.State.CANCELLED)
        batch.cancelled_by, batch.cancelled_at = by, timezone.now()
        batch.cancel_reason = reason
        with constraints_of(PaymentBatch):
            batch.save()
        batch.payments.update(state=PaymentOrder.State.CANCELLED)
        drop_set_offs(payments, by=by)
    else:
        require_banks_word(batch, reason, bank_reference, told_on)
        for payment in sorted(payments, key=by_books):
            if payment.state == PaymentOrder.State.SENT and told_on is not None:
                give_back(
                    payment, reason=reason, bank_reference=bank_reference, told_on=told_on, by=by
                )
        batch = follow_payments(batch, by=by, reason=reason)
    notify_each(
        people_holding(Role.FINANCE) | people_holding(Role.COORDINATOR),
        "batch-cancelled",
        facts=facts_of(batch, reason=reason),
        about=batch,
    )
    return batch
