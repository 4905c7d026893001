"""What the clock finds: receipts of which a reminder may be due."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, QuerySet, Value
from django.utils import timezone

from conduct.queries.scoping import for_system
from vouchers.payments.models import PaymentOrder
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.receipts.rules.days import REMINDER, SECOND_REMINDER

# Calendars are a day apart.
_APART = timedelta(days=1)


@for_system("background work mails what is due")
def receipts_to_mail() -> QuerySet[Receipt]:
    """The receipts that nobody answered and that lack a reminder that may be due: to be looked at."""
    return (
        asked_for("receipt_reminder_days", less=_APART)
        .filter(state=Receipt.State.ASKED, order__state=PaymentOrder.State.PAID)
        .exclude(links__mail=SECOND_REMINDER)
        .select_related(
            "order__claim__voucher__award__application__country",
            "order__claim__voucher__award__application__call",
        )
    )


@for_system("a condition on receipts, which callers narrow to what a person may see")
def asked_for(term: str, *, less: timedelta = timedelta(0)) -> QuerySet[Receipt]:
    """The receipts whose payee was asked as many days ago as a term of the call says, `less` so much."""
    days = ExpressionWrapper(
        F(f"order__claim__voucher__award__application__call__{term}") * Value(timedelta(days=1)),
        output_field=DurationField(),
    )
    until = ExpressionWrapper(F("asked_at") + days - Value(less), output_field=DateTimeField())
    return Receipt.objects.alias(waits_until=until).filter(waits_until__lte=timezone.now())


def days_after(receipt: Receipt) -> dict[str, int]:
    """How many days after the first message each reminder goes, as its call says."""
    call = receipt.order.claim.voucher.award.application.call
    return {REMINDER: call.receipt_reminder_days, SECOND_REMINDER: call.receipt_second_days}


def mails_of(receipt: Receipt) -> set[str]:
    """The mails that went for a receipt."""
    return set(receipt.links.order_by().values_list("mail", flat=True))
