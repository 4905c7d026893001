"""Which e-mails to providers wait."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from conduct.queries.scoping import for_system
from vouchers.providers.quotes.models import QuoteMail


@for_system("background work sends what was lost")
def never_sent() -> QuerySet[QuoteMail]:
    """E-mails that were not sent, older than a minute."""
    lost = timezone.now() - timedelta(minutes=1)
    return QuoteMail.objects.filter(sent_at=None, written_at__lt=lost)
