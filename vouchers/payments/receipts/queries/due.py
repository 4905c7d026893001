"""What the clock finds: receipts of which a reminder may be due."""

from __future__ import annotations

from django.db.models import (
    DateField,
    DateTimeField,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from conduct.queries.days import now
from conduct.queries.scoping import for_system
from vouchers.payments.models import PaymentOrder
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.receipts.rules.days import REMINDER, SECOND_REMINDER

_APPLICATION = "order__claim__voucher__award__application"


@for_system("background work mails what is due")
def receipts_to_mail() -> QuerySet[Receipt]:
    """The receipts that nobody answered and that lack a reminder that may be due: to be looked at."""
    return (
        asked_for("receipt_reminder_days")
        .filter(state=Receipt.State.ASKED, order__state=PaymentOrder.State.PAID)
        .exclude(links__mail=SECOND_REMINDER)
        .select_related(
            "order__claim__voucher__award__application__country",
            "order__claim__voucher__award__application__call",
        )
    )


@for_system("a condition on receipts, which callers narrow to what a person may see")
def asked_for(term: str) -> QuerySet[Receipt]:
    """The receipts whose payee was asked as many days ago as a term of the call says.

    On the calendar of the country, as `is_over` counts them.
    """
    due_on = ExpressionWrapper(
        _day_there(F("asked_at")) + F(f"{_APPLICATION}__call__{term}"), output_field=DateField()
    )
    instant = Value(now(), output_field=DateTimeField())
    return Receipt.objects.alias(due_on=due_on).filter(due_on__lte=_day_there(instant))


def _day_there(instant: Expression | F) -> Cast:
    """The day on which an instant falls in the country of the receipt."""
    zone = F(f"{_APPLICATION}__country__time_zone")
    local = Func(zone, instant, function="timezone", output_field=DateTimeField())
    return Cast(local, DateField())


def days_after(receipt: Receipt) -> dict[str, int]:
    """How many days after the first message each reminder goes, as its call says."""
    call = receipt.order.claim.voucher.award.application.call
    return {REMINDER: call.receipt_reminder_days, SECOND_REMINDER: call.receipt_second_days}


def mails_of(receipt: Receipt) -> set[str]:
    """The mails that went for a receipt."""
    return set(receipt.links.order_by().values_list("mail", flat=True))
