"""Background work: telling a provider that the account was changed, and picking up what was lost."""

from __future__ import annotations

from celery import shared_task

from jobs.actions.trouble import attempted, resting_keys
from links.actions.mailing import MailingLinks

from .actions.telling import send_change_of_account
from .models import ProviderLink
from .queries import never_told

LINKS = MailingLinks(ProviderLink)


@shared_task
def tell_provider(account_id: int) -> None:
    attempted("provider_accounts", account_id, lambda: send_change_of_account(account_id))


@shared_task
def mail_provider_link(link_id: int) -> None:
    LINKS.conduct(link_id)


@shared_task
def sweep_untold_providers() -> int:
    """Queue again every message to a provider that nobody sent; how many there were."""
    resting = resting_keys("provider_accounts")
    lost = list(never_told().exclude(pk__in=resting).values_list("pk", flat=True))
    for account_id in lost:
        tell_provider.delay(account_id)
    return len(lost)
