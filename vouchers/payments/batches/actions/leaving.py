"""Two people authorise a batch, then its file is made, once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import Refused, action, constraints_of, judged, move
from conduct.queries.days import today
from documents.actions import Issue, issue_in_every_language, issue_many
from notices.actions import notify_each
from vouchers.books.models import LedgerEntry
from vouchers.payments.actions.ledger import enter
from vouchers.payments.batches.letters import BATCH_ORDER, batch_facts
from vouchers.payments.batches.models import BatchFile, PaymentBatch
from vouchers.payments.batches.permissions import may_authorise_batch, may_export_batch
from vouchers.payments.batches.queries import first_blocker, message_of
from vouchers.payments.batches.rules.building import breaks_the_schema, build, read
from vouchers.payments.batches.rules.checks import problems_of
from vouchers.payments.batches.wording import sentence_of
from vouchers.payments.letters import DISBURSEMENT_ORDER, order_facts
from vouchers.payments.models import Claim, PaymentOrder

from .locking import by_books, locked_payments
from .telling import facts_of

# What papers state is held in memory until all of them are issued.
_PAPERS_AT_ONCE = 200
_ANOTHER_SIGNS = gettext_lazy(
    "Two others authorise a batch, neither of them who proposed it, and each of them once."
)


@action(gettext_lazy("Payment batch authorised"))
def authorise_batch(batch: PaymentBatch, *, by: User) -> PaymentBatch:
    """One of two people authorises the batch; with the second its file can be made.

    Raises Refused where something stands against a payment meanwhile, such as another account.
    """
    batch = judged(
        batch,
        may_authorise_batch,
        by=by,
        states=[PaymentBatch.State.PROPOSED],
        otherwise=_ANOTHER_SIGNS,
    )
    payments = locked_payments(batch)
    _require_nothing_against(batch, payments)
    _require_message(batch, payments, timezone.now())
    if batch.first_by_id is None:
        batch.first_by, batch.first_at = by, timezone.now()
    else:
        move(batch, PaymentBatch.State.AUTHORISED)
        batch.second_by, batch.second_at = by, timezone.now()
    with constraints_of(PaymentBatch):
        batch.save()
    if batch.state == PaymentBatch.State.AUTHORISED:
        notify_each(
            people_holding(Role.FINANCE), "batch-authorised", facts=facts_of(batch), about=batch
        )
    return batch


@action(gettext_lazy("Payment batch exported"))
def export_batch(batch: PaymentBatch, *, by: User) -> PaymentBatch:
    """Make the file of an authorised batch: from here on its money is in transit.

    The file is valid against the official schema and our rules, or nothing leaves (Refused); its
    bytes never change. Each claim is ordered, and gets its entry and its paper; the batch its own.
    """
    batch = judged(batch, may_export_batch, by=by, states=[PaymentBatch.State.AUTHORISED])
    payments = locked_payments(batch)
    _require_nothing_against(batch, payments)
    now = timezone.now()
    content = _require_message(batch, payments, now)
    with constraints_of(PaymentBatch, BatchFile):
        BatchFile.objects.create(
            batch=batch, content=content.decode(), sha256=hashlib.sha256(content).hexdigest()
        )
        move(batch, PaymentBatch.State.EXPORTED)
        batch.exported_by, batch.exported_at = by, now
        batch.save()
    _order(batch, payments, now, by=by)
    _write_papers(batch, payments, by=by)
    notify_each(
        people_holding(Role.FINANCE).exclude(pk__in={batch.proposed_by_id, *batch.signatories}),
        "batch-exported",
        facts=facts_of(batch),
        about=batch,
    )
    return batch


def _require_nothing_against(batch: PaymentBatch, payments: Sequence[PaymentOrder]) -> None:
    if blocker := first_blocker(payments, batch.profile):
        raise Refused(blocker.sentence)


def _require_message(
    batch: PaymentBatch, payments: list[PaymentOrder], created_at: datetime
) -> bytes:
    """The bytes of the file: read back they say what was meant, by the schema and by our rules."""
    message = message_of(batch, payments, created_at=created_at)
    content = build(message)
    broken = breaks_the_schema(content)
    if broken:
        raise Refused(_("The file would not fit the schema of banks: %(why)s") % {"why": broken})
    standing = read(content)
    if standing != message:
        raise Refused(_("The file would not say what the batch says: nothing is saved."))
    names = {payment.reference: payment.payee for payment in payments}
    for problem in problems_of(standing, batch.profile.as_bank(), today=today()):
        raise Refused(sentence_of(problem, payee=names.get(problem.payment, "")))
    return content


def _order(batch: PaymentBatch, payments: list[PaymentOrder], now: datetime, *, by: User) -> None:
    """Every payment is with the bank, and its claim ordered, by whoever proposed it."""
    batch.payments.update(state=PaymentOrder.State.SENT)
    with constraints_of(Claim):
        Claim.objects.filter(pk__in=[payment.claim_id for payment in payments]).update(
            state=Claim.State.ORDERED, ordered_by=batch.proposed_by_id, ordered_at=now
        )
    for payment in sorted(payments, key=by_books):
        claim = payment.claim
        claim.state, claim.ordered_by, claim.ordered_at = (
            Claim.State.ORDERED,
            batch.proposed_by,
            now,
        )
        enter(claim, LedgerEntry.Kind.ORDER, by=by, part=1 + times_returned(claim))


def times_returned(claim: Claim) -> int:
    """How often the bank gave the money of a claim back."""
    return LedgerEntry.objects.filter(
        source_type=LedgerEntry.Source.CLAIM,
        source_id=claim.pk,
        kind__in=[LedgerEntry.Kind.RETURN, LedgerEntry.Kind.CAME_BACK],
    ).count()


def _write_papers(batch: PaymentBatch, payments: list[PaymentOrder], *, by: User) -> None:
    issue_in_every_language(
        BATCH_ORDER, batch, lambda: batch_facts(batch, payments), by=by, reference=batch.reference
    )
    for begin in range(0, len(payments), _PAPERS_AT_ONCE):
        issue_many(
            DISBURSEMENT_ORDER,
            [
                Issue(payment, partial(order_facts, payment), payment.reference)
                for payment in payments[begin : begin + _PAPERS_AT_ONCE]
            ],
            by=by,
        )
