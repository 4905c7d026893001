"""What the bank did with a payment: it paid, or it gave the money back."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from conduct.queries.days import day_of, today
from documents.actions import issue_in_every_language
from vouchers.books.models import LedgerEntry
from vouchers.payments.actions.ledger import enter
from vouchers.payments.actions.steps import take_step, tell
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.batches.permissions import may_return_payment
from vouchers.payments.letters import PAYMENT_NOTICE, payment_facts
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.permissions import may_record_payment
from vouchers.payments.queries import claimants_of
from vouchers.payments.receipts.actions import ask_for_receipt
from vouchers.payments.recoveries.actions import drop_set_offs, enter_set_offs
from vouchers.payments.rules.invoices import key_of

from .leaving import times_returned
from .locking import judged_with_set_offs
from .telling import tell_of_return

_ANOTHER_BOOKS = gettext_lazy(
    "Somebody who took no earlier step of this claim, and neither proposed nor authorised the batch, "
    "records what the bank paid."
)


@action(gettext_lazy("Payment recorded"))
def record_payment(
    order: PaymentOrder, *, paid_on: date, bank_reference: str, by: User
) -> PaymentOrder:
    """Somebody else records what the bank paid, with its reference, once.

    The reference is unique within the account that was paid from, however it is written. The ledger
    gets its entry, the cluster its payment notice. Raises OutOfOrder when it is recorded already,
    Refused (beside its field) for a day that has not come, and for a reference that stands for
    another payment.
    """
    order = judged_with_set_offs(order)
    claim = order.claim
    require(may_record_payment, by, order, otherwise=_ANOTHER_BOOKS)
    require_state(order, PaymentOrder.State.SENT)
    take_step(claim, Claim.State.PAID, by=by)
    zone = claim.voucher.country.zone
    if claim.ordered_at is None or not _may_be_paid_on(paid_on, claim.ordered_at, zone):
        raise Refused(_("The payment lies between the order and today."), field="paid_on")
    if not key_of(bank_reference):
        raise Refused(
            _("Write the bank's reference, with its letters and digits."), field="bank_reference"
        )
    move(order, PaymentOrder.State.PAID)
    order.paid_on, order.bank_reference = paid_on, bank_reference
    order.bank_reference_key = key_of(bank_reference)
    order.paying_account = order.batch.profile.debtor_account
    order.clean_fields(exclude=["claim", "account", "bank_details", "batch", "returned_by"])
    with constraints_of(PaymentOrder):
        order.save()
    kind = LedgerEntry.Kind.ADVANCE if claim.is_advance else LedgerEntry.Kind.BOOKING
    enter(claim, kind, by=by, day=paid_on, part=1 + times_returned(claim))
    enter_set_offs(order, by=by)
    ask_for_receipt(order, by=by)
    follow_payments(order.batch, by=by)
    # The entry has changed the sums of the voucher, which the notice states.
    claim.voucher.refresh_from_db()
    notices = issue_in_every_language(
        PAYMENT_NOTICE, claim, lambda: payment_facts(order), by=by, reference=order.reference
    )
    application = claim.voucher.award.application
    tell(
        claimants_of(claim.voucher),
        "claim-paid",
        claim,
        documents=[notices[application.language]],
    )
    return order


def _may_be_paid_on(day: date, ordered_at: datetime, zone: ZoneInfo) -> bool:
    """Between the order and today, on the calendar of the bank or that of the cluster's country."""
    begun = min(day_of(ordered_at), day_of(ordered_at, zone))
    return begun <= day <= max(today(), today(zone))


@action(gettext_lazy("Payment returned by the bank"))
def return_payment(
    order: PaymentOrder,
    *,
    reason: str,
    bank_reference: str,
    told_on: date,
    by: User,
    code: str = "",
) -> PaymentOrder:
    """Record that the bank did not pay, or that the money came back: it is payable again.

    `told_on` is the day of the bank's message, `bank_reference` what the message is called, `code` its
    reason as ISO 20022 has it. Finance, the cluster and the payee are told. Raises Refused (beside its
    field) without the bank's word.
    """
    order = judged_with_set_offs(
        order,
        may_return_payment,
        by=by,
        states=[PaymentOrder.State.SENT, PaymentOrder.State.PAID],
    )
    require_banks_word(order.batch, reason, bank_reference, told_on)
    give_back(
        order, reason=reason, bank_reference=bank_reference, told_on=told_on, by=by, code=code
    )
    follow_payments(order.batch, by=by, reason=reason)
    tell_of_return(order)
    return order


def require_banks_word(
    batch: PaymentBatch, reason: str, bank_reference: str, told_on: date | None
) -> None:
    """What is with the bank comes back by its word alone. Raises Refused beside the field."""
    require_words(reason, _("Say why the bank did not pay."))
    if not bank_reference.strip():
        raise Refused(_("Write the reference of the bank’s message."), field="bank_reference")
    begun = day_of(batch.exported_at) if batch.exported_at else today()
    if told_on is None or not begun <= told_on <= today():
        raise Refused(
            _("The day of the bank’s message lies between the export and today."), field="told_on"
        )


def give_back(
    order: PaymentOrder,
    *,
    reason: str,
    bank_reference: str,
    told_on: date,
    by: User,
    code: str = "",
) -> None:
    """Take a locked payment back from the bank: the order, the claim, and the entry of it."""
    claim = order.claim
    was_paid = order.state == PaymentOrder.State.PAID
    move(order, PaymentOrder.State.RETURNED)
    order.returned_by, order.returned_on = by, told_on
    order.return_reason, order.return_reference = reason, bank_reference
    order.return_code = code
    order.clean_fields(exclude=["claim", "account", "bank_details", "batch", "returned_by"])
    with constraints_of(PaymentOrder):
        order.save()
    drop_set_offs([order], by=by)
    move(claim, Claim.State.APPROVED)
    # Who books it next time is another question.
    claim.paid_by = claim.paid_at = None
    with constraints_of(Claim):
        claim.save(update_fields=["state", "paid_by", "paid_at"])
    kind = LedgerEntry.Kind.RETURN
    if was_paid:
        kind = LedgerEntry.Kind.UNADVANCE if claim.is_advance else LedgerEntry.Kind.CAME_BACK
    enter(claim, kind, by=by, note=reason, part=1 + times_returned(claim))


def follow_payments(batch: PaymentBatch, *, by: User, reason: str = "") -> PaymentBatch:
    """Move a locked batch to the state that its payments say."""
    batch = locked(batch)
    if batch.state in (PaymentBatch.State.SETTLED, PaymentBatch.State.CANCELLED):
        # What comes back later changes no more what the bank said of the batch.
        return batch
    states = set(batch.payments.values_list("state", flat=True))
    if PaymentOrder.State.SENT in states:
        target = PaymentBatch.State.PARTLY if PaymentOrder.State.PAID in states else batch.state
    elif PaymentOrder.State.PAID in states or batch.state == PaymentBatch.State.PARTLY:
        target = PaymentBatch.State.SETTLED
    else:
        target = PaymentBatch.State.CANCELLED
        batch.cancelled_by, batch.cancelled_at = by, timezone.now()
        batch.cancel_reason = reason
    if target != batch.state:
        move(batch, target)
        with constraints_of(PaymentBatch):
            batch.save()
    return batch
