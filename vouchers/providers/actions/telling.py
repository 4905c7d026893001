"""Telling a provider's contact that the account was changed; a worker's part."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from vouchers.providers.letters import change_of_account
from vouchers.providers.models import ProviderAccount


@transaction.atomic
def send_change_of_account(account_id: int) -> bool:
    """Send the message unless it was sent, or nobody is to be told; whether it went out now.

    The row stays locked while it is on its way, so that a second worker passes it by.
    """
    account = (
        ProviderAccount.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("provider")
        .filter(pk=account_id, told_at=None)
        .exclude(told_contact="")
        .first()
    )
    if account is None:
        return False
    change_of_account(account).send()
    account.told_at = timezone.now()
    account.save(update_fields=["told_at"])
    return True
