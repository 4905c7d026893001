"""What the clock finds: receipts of which a reminder may be due."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from conduct.queries.scoping import for_system
from vouchers.payments.models import PaymentOrder
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.receipts.rules.days import DAYS_AFTER

# Calendars are a day apart.
_APART = timedelta(days=1)


@for_system("background work mails what is due")
def receipts_to_mail() -> QuerySet[Receipt]:
    """The receipts that nobody answered and that lack a reminder that may be due: to be looked at."""
    waits = timedelta(days=min(DAYS_AFTER.values())) - _APART
    last = list(DAYS_AFTER)[-1]
    return (
        Receipt.objects.filter(
            state=Receipt.State.ASKED,
            asked_at__lte=timezone.now() - waits,
            order__state=PaymentOrder.State.PAID,
        )
        .exclude(links__mail=last)
        .select_related("order__claim__voucher__award__application__country")
    )


def mails_of(receipt: Receipt) -> set[str]:
    """The mails that went for a receipt."""
    return set(receipt.links.order_by().values_list("mail", flat=True))
