"""Background work: what payees are told, and what was lost of it."""

from __future__ import annotations

from celery import shared_task

from jobs.actions.mails import send_lost, send_row

from .letters import message_to_payee
from .queries import unsent_mails


@shared_task
def mail_payee(mail_id: int) -> None:
    send_row("payee_mails", unsent_mails(), mail_id, message_to_payee)


@shared_task
def sweep_payee_mails() -> int:
    """Queue again every e-mail to a payee that nobody sent; how many there were."""
    return send_lost("payee_mails", unsent_mails(), mail_payee)
