"""What stands against the payments of a batch is read at once, and is what each one would be told."""

from __future__ import annotations

import pytest

from demonstration.clock import noon, on
from demonstration.story.paying import exported
from tests.payments.bank.making import taken, word
from vouchers.payments.batches.queries import blockers_of, first_blocker
from vouchers.payments.models import PaymentOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused_twice(twice, both):
    """Two orders to one account, which the bank has refused for two reasons; the older one last."""
    older = exported([both[0]], twice.cast)
    with on(noon(1)):
        newer = exported([both[1]], twice.cast)
        taken(word(newer, *((one, "RJCT", "AC04") for one in newer.payments.all())), twice)
        taken(word(older, *((one, "RJCT", "AC01") for one in older.payments.all())), twice)
    found = PaymentOrder.objects.order_by("ordered_at")
    assert [one.return_code for one in found] == ["AC01", "AC04"]
    return list(found), newer.profile


def test_of_an_account_that_was_refused_twice_the_newest_reason_is_told(refused_twice):
    orders, profile = refused_twice
    for order in orders:
        sentences = [blocker.sentence for blocker in blockers_of(order, profile)]
        (told,) = [one for one in sentences if "The bank gave back" in one]
        assert "The account of the payee is closed." in told


def test_the_first_of_a_batch_is_the_first_of_its_first_payment(refused_twice):
    orders, profile = refused_twice
    for some in (orders, orders[::-1], orders[1:]):
        assert first_blocker(some, profile) == blockers_of(some[0], profile)[0]
