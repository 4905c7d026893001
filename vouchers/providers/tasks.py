"""Background work: telling a provider that the account was changed, and picking up what was lost."""

from __future__ import annotations

from celery import shared_task

from jobs.actions.mails import send_lost, send_row
from links.actions.mailing import MailingLinks

from .letters import change_of_account
from .models import ProviderLink
from .queries import untold_accounts

LINKS = MailingLinks(ProviderLink)


@shared_task
def tell_provider(account_id: int) -> None:
    send_row("provider_accounts", untold_accounts(), account_id, change_of_account, sent="told_at")


@shared_task
def mail_provider_link(link_id: int) -> None:
    LINKS.conduct(link_id)


@shared_task
def sweep_untold_providers() -> int:
    """Queue again every message to a provider that nobody sent; how many there were."""
    return send_lost("provider_accounts", untold_accounts(), tell_provider, since="entered_at")
