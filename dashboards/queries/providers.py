"""What waits about consultants: accounts to verify, and what they sent about themselves."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.providers.models import Provider
from vouchers.providers.queries import accounts_to_verify, waiting_by_providers

from .waiting import WorkItem, work_item


def accounts_work(user: User) -> WorkItem:
    """Accounts that a second person verifies."""
    waiting = accounts_to_verify(user)
    first = waiting.first()
    url = first.provider.get_absolute_url() if first else reverse("dashboards:home")
    return work_item(
        _("Verify accounts of providers"),
        waiting,
        url,
        lambda found: found.provider.get_absolute_url(),
        label=lambda found: str(found.provider),
    )


def updates_work(user: User) -> WorkItem:
    """Entries and files that came by personal links."""
    return work_item(
        _("Look at what providers sent about themselves"),
        waiting_by_providers(user),
        reverse("providers:list"),
        Provider.get_absolute_url,
    )
