"""What waits of exchange rates."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.queries.waiting import WaitingWork
from vouchers.payments.queries import rates_to_confirm


def rates_work(user: User) -> WaitingWork:
    """What somebody else typed waits for a second person; one list holds them all."""
    url = f"{reverse('payments:rates')}?waiting=yes"
    return WaitingWork(
        "rates", _("Confirm exchange rates"), rates_to_confirm(user), url, lambda _rate: url
    )
