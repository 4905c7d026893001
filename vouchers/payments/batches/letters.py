"""The disbursement order of a batch, its facts (EUR as text), and what a payee is told by e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from conduct.queries.days import PROGRAMME_ZONE, iso_day_of
from documents.kinds import DocumentKind, Manner, Told, register
from jobs.letters import written
from vouchers.books.queries import head_facts
from vouchers.payments.models import PaymentOrder

from .models import PayeeMail, PaymentBatch
from .permissions import may_read_batch
from .queries import content_of

# More lines than that are for the file: the paper says how many it leaves out.
LINES_OF_A_PAPER = 300

BATCH_ORDER = register(
    DocumentKind(
        slug="batch-order",
        title=_("Disbursement order of a batch"),
        template="letters/batch_order.html",
        may_read=may_read_batch,
        told=(
            Told(_("Paid from"), "debtor", Manner.NAME),
            Told(_("Account"), "debtor_account", Manner.ACCOUNT),
            Told(_("In all"), "total", Manner.MONEY),
            Told(_("Payments"), "count", Manner.NUMBER),
            Told(_("To be paid on"), "execution_on", Manner.DAY),
        ),
    )
)


def batch_facts(batch: PaymentBatch, payments: Sequence[PaymentOrder]) -> dict[str, Any]:
    """From which account, whom, how much; who stands for it; the hash of the file, the ledgers’ heads."""
    file = content_of(batch)
    calls = {payment.claim.voucher.award.application.call for payment in payments}
    return {
        "reference": batch.reference,
        "date": iso_day_of(batch.exported_at),
        "time_zone": PROGRAMME_ZONE.key,
        "profile": batch.profile.name,
        "debtor": batch.profile.debtor_name,
        "debtor_account": batch.profile.debtor_account,
        "execution_on": batch.execution_on.isoformat(),
        "total": str(batch.total),
        "count": batch.count,
        "sha256": file.sha256 if file else "",
        "left_out": max(0, len(payments) - LINES_OF_A_PAPER),
        "payments": [
            {
                "order": payment.reference,
                "payee": payment.payee,
                "town": payment.payee_town,
                "country": payment.payee_country,
                "account": payment.bank_account,
                "amount": str(payment.amount),
                "gross": str(payment.gross),
                "set_off": str(payment.set_off) if payment.set_off else "",
            }
            for payment in payments[:LINES_OF_A_PAPER]
        ],
        "steps": [
            {"step": step, "person": str(person), "at": at.isoformat()}
            for step, person, at in (
                ("proposed", batch.proposed_by, batch.proposed_at),
                ("first", batch.first_by, batch.first_at),
                ("second", batch.second_by, batch.second_at),
                ("exported", batch.exported_by, batch.exported_at),
            )
            if person is not None and at is not None
        ],
        "ledgers": [
            {"call": call.reference, **head_facts(call)}
            for call in sorted(calls, key=lambda one: one.reference)
        ],
    }


def message_to_payee(mail: PayeeMail) -> EmailMessage:
    """What a payee is told of a payment that the bank gave back, in all three languages."""
    order = mail.payment
    voucher = order.claim.voucher
    facts = {
        "order": order,
        "voucher": voucher,
        "partner": voucher.award.application.country.partner,
    }
    return written(
        "payments/batches/mails/returned",
        facts,
        to=mail.to,
        languages=[language for language, _name in settings.LANGUAGES],
        row=("payee-mail", mail.pk),
    )
