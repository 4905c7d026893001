"""Background work: links and e-mails to providers that are asked, and those that were lost."""

from __future__ import annotations

from celery import shared_task

from jobs.actions.mails import send_lost, send_row
from links.actions.mailing import MailingLinks

from .letters.mails import mail_for
from .models import QuoteLink
from .queries.mails import unsent_mails

LINKS = MailingLinks(QuoteLink)


@shared_task
def mail_quote_link(link_id: int) -> None:
    LINKS.conduct(link_id)


@shared_task
def mail_provider(mail_id: int) -> None:
    send_row("quote_mails", unsent_mails(), mail_id, mail_for)


@shared_task
def sweep_quote_mails() -> int:
    """Queue again every e-mail to a provider that nobody sent; how many there were."""
    return send_lost("quote_mails", unsent_mails(), mail_provider)
