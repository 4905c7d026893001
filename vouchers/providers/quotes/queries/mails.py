"""Which e-mails to providers wait, and what a link opens."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from conduct.queries.scoping import for_system
from vouchers.providers.quotes.models import QuoteInvitation, QuoteMail
from vouchers.providers.quotes.models.invitations import key_in


@for_system("background work sends what was lost")
def never_sent() -> QuerySet[QuoteMail]:
    """E-mails that were not sent, older than a minute."""
    lost = timezone.now() - timedelta(minutes=1)
    return QuoteMail.objects.filter(sent_at=None, written_at__lt=lost)


@for_system("whoever says what a link says reads what is asked of its provider")
def invitation_by(secret: str) -> QuoteInvitation | None:
    """The invitation that a link opens; None for one that was never sent, or that ended."""
    key = key_in(secret)
    if key is None:
        return None
    return (
        QuoteInvitation.objects.filter(key=key)
        .exclude(opens_with="")
        .select_related(
            "provider",
            "terms__voucher__award__application__country__partner",
            "terms__voucher__award__application__call",
            "terms__voucher__award__application__cluster",
        )
        .first()
    )
