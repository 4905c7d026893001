"""What tests of orders and payments do again and again."""

from tests.making import today_there
from vouchers.payments import actions


def record(order, told, **changed):
    typed = {
        "paid_on": today_there(),
        "bank_reference": "BK 1",
        "by": told.cast.finance[1],
        **changed,
    }
    return actions.record_payment(order, **typed)
