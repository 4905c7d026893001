"""Background work: links of receipts are mailed, and payees reminded."""

from __future__ import annotations

from celery import shared_task

from links.actions.mailing import MailingLinks

from .models import ReceiptLink

LINKS = MailingLinks(ReceiptLink)


@shared_task
def mail_receipt_link(link_id: int) -> None:
    LINKS.conduct(link_id)


@shared_task
def remind_payees() -> int:
    """Send the reminders of the day; how many."""
    # The actions queue the task above: imported with it, each would wait for the other.
    from .actions.reminding import remind_of_receipts  # noqa: PLC0415

    return remind_of_receipts()
