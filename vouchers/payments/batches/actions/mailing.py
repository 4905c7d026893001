"""Sending what payees are told; a worker's part."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from vouchers.payments.batches.letters import message_to_payee
from vouchers.payments.batches.models import PayeeMail


@transaction.atomic
def send_payee_mail(mail_id: int) -> bool:
    """Send the e-mail unless it was sent; whether it went out now.

    The row stays locked while it is on its way, so that a second worker passes it by.
    """
    mail = (
        PayeeMail.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("payment__claim__voucher__award__application__country__partner")
        .filter(pk=mail_id, sent_at=None)
        .first()
    )
    if mail is None:
        return False
    message_to_payee(mail).send()
    mail.sent_at = timezone.now()
    mail.save(update_fields=["sent_at"])
    return True
