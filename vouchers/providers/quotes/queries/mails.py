"""Which e-mails to providers wait."""

from __future__ import annotations

from django.db.models import QuerySet

from conduct.queries.scoping import for_system
from vouchers.providers.quotes.models import QuoteMail


@for_system("background work sends what was lost")
def unsent_mails() -> QuerySet[QuoteMail]:
    """E-mails to providers about quotes that were not sent, with what they tell of."""
    mails = QuoteMail.objects.filter(sent_at=None)
    return mails.select_related("invitation__terms__voucher__award__application__country__partner")
