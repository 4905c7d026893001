"""Sending what providers are told; a worker's part."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from vouchers.providers.quotes.letters.mails import mail_for
from vouchers.providers.quotes.models import QuoteMail


@transaction.atomic
def send_quote_mail(mail_id: int) -> bool:
    """Send the e-mail unless it was sent; whether it went out now.

    The row stays locked while it is on its way, so that a second worker passes it by.
    """
    mail = (
        QuoteMail.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("invitation__terms__voucher__award__application__country__partner")
        .filter(pk=mail_id, sent_at=None)
        .first()
    )
    if mail is None:
        return False
    mail_for(mail).send()
    mail.sent_at = timezone.now()
    mail.save(update_fields=["sent_at"])
    return True
