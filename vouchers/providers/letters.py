"""The one message to somebody who is no user: the provider, when the account was changed."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage

from jobs.letters import written

from .models import ProviderAccount


def change_of_account(account: ProviderAccount) -> EmailMessage:
    """What the contact that stood before the change is told, in all three languages."""
    return written(
        "providers/mails/account_changed",
        {"account": account},
        to=account.told_contact,
        languages=[language for language, _name in settings.LANGUAGES],
        row=("provider-account", account.pk),
    )
