"""What tests of orders and payments do again and again."""

from tests.making import today_there
from vouchers.payments.batches.actions import record_payment


def record(order, told, **changed):
    typed = {
        "paid_on": today_there(),
        "bank_reference": "BK 1",
        "by": told.cast.finance[1],
        **changed,
    }
    return record_payment(order, **typed)
