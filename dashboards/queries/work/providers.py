"""What waits about consultants: accounts to verify, and what they sent about themselves."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.queries.waiting import WaitingWork
from vouchers.providers.models import Provider
from vouchers.providers.queries import accounts_to_verify, waiting_by_providers


def accounts_work() -> WaitingWork:
    """Accounts that a second person verifies."""
    return WaitingWork(
        "accounts-of-providers",
        _("Verify accounts of providers"),
        accounts_to_verify,
        "",
        lambda found: found.provider.get_absolute_url(),
        label=lambda found: str(found.provider),
    )


def updates_work() -> WaitingWork:
    """Entries and files that came by personal links."""
    return WaitingWork(
        "sent-by-providers",
        _("Look at what providers sent about themselves"),
        waiting_by_providers,
        reverse("providers:list"),
        Provider.get_absolute_url,
    )
