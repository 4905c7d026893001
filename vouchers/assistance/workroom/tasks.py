"""Background work: links of providers at work, what they are told, and what was lost of it."""

from __future__ import annotations

from celery import shared_task

from jobs.actions.mails import send_lost, send_row
from links.actions.mailing import MailingLinks

from .letters import message_for
from .models import WorkLink
from .queries import unsent_mails

LINKS = MailingLinks(WorkLink)


@shared_task
def mail_work_link(link_id: int) -> None:
    LINKS.conduct(link_id)


@shared_task
def mail_at_work(mail_id: int) -> None:
    send_row("work_mails", unsent_mails(), mail_id, message_for)


@shared_task
def sweep_work_mails() -> int:
    """Queue again every e-mail to a provider at work that nobody sent; how many there were."""
    return send_lost("work_mails", unsent_mails(), mail_at_work)
