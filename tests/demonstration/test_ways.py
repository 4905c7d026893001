"""The small round of the demonstration in which the cluster pays its provider itself."""

from decimal import Decimal

import pytest

from demonstration.plot.before import enter_rates, register_providers
from demonstration.plot.ways import REIMBURSED_CALL, round_of_reimbursed
from tests.making import cast_of_all
from tests.payments.ledger.making import held_by, the_books_hold
from vouchers.awards.models import Voucher
from vouchers.payments.queries import out_of

pytestmark = pytest.mark.django_db


def test_one_advance_is_cleared_and_the_next_one_is_out():
    cast = cast_of_all()
    enter_rates(cast)
    round_of_reimbursed(cast, register_providers(cast))
    voucher = Voucher.objects.get(
        award__application__call__slug=REIMBURSED_CALL, award__application__country="LB"
    )
    first, cost, second = voucher.claims.order_by("number")
    assert (first.is_advance, second.is_advance, cost.cleared) == (True, True, Decimal("1500.00"))
    assert cost.payment_orders.get().amount == cost.eligible - 1500
    assert out_of(voucher) == Decimal("1200.00")
    assert held_by(voucher)["advanced"] == Decimal("1200.00")
    the_books_hold()
