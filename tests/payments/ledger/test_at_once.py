"""Twenty connections at the same instant: one result, no deadlock, and the books hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from demonstration.story.paying import paying_profile, proposed
from tests.endings.making import ahead
from tests.making import today_there, voucher_story
from tests.payments.test_at_the_same_instant import together
from vouchers.awards.actions import decline_award
from vouchers.awards.models import Voucher
from vouchers.books.actions import close_period, propose_period
from vouchers.books.models import ClosedPeriod, LedgerEntry
from vouchers.payments.actions import approve_claim, reverse_approval
from vouchers.payments.batches.actions import authorise_batch, export_batch, record_payment
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import Claim, PaymentOrder

from .making import the_books_hold, voucher_and_offer

pytestmark = pytest.mark.django_db(transaction=True)


def results_of(found, kind):
    return sum(isinstance(one, kind) for one in found)


def test_twenty_connections_approve_order_and_book_once():
    told = voucher_story("verified 0")
    claim = Claim.objects.get()
    one, other = told.cast.coordinators
    first, second = told.cast.finance[:2]
    paying_profile(told.cast)
    by = [one, other] * 10
    assert (
        results_of(together(*(lambda who=who: approve_claim(claim, by=who) for who in by)), Claim)
        == 1
    )
    assert (
        results_of(
            together(*(lambda: proposed([claim], told.cast) for _each in range(20))), PaymentBatch
        )
        == 1
    )
    batch = PaymentBatch.objects.get()
    signed = together(
        *(
            lambda who=who: authorise_batch(batch, by=who)
            for who in (*told.cast.coordinators, first)
        )
    )
    assert results_of(signed, PaymentBatch) == 2
    files = together(*(lambda: export_batch(batch, by=second) for _each in range(20)))
    assert results_of(files, PaymentBatch) == 1
    order = PaymentOrder.objects.get()
    paid = together(
        *(
            lambda number=number: record_payment(
                order, paid_on=today_there(), bank_reference=f"BK{number}", by=second
            )
            for number in range(20)
        )
    )
    assert results_of(paid, PaymentOrder) == 1
    kinds = LedgerEntry.objects.filter(source_type="claim").order_by("number")
    assert list(kinds.values_list("kind", flat=True)) == ["approval", "order", "booking"]
    assert Voucher.objects.get().paid == order.amount
    the_books_hold()


def test_different_steps_of_different_claims_and_a_closing_do_not_wait_for_each_other_for_ever():
    """One order of locks: a deadlock would be an error of the database, and no refusal."""
    told, offer = voucher_and_offer()
    for index in (0, 1):
        told._claim(index)
        told._verify(index)
    first, second = Claim.objects.order_by("pk")
    one, other = told.cast.coordinators
    manager = offer.application.cluster.representatives.first().user
    proposal = propose_period(ends_on=ahead(-3), by=told.cast.finance[0])
    steps = [
        lambda: approve_claim(first, by=one),
        lambda: approve_claim(second, by=other),
        lambda: decline_award(offer, reason="No time", by=manager),
        lambda: close_period(proposal, by=one),
        lambda: reverse_approval(first, reason="Once more", by=other),
    ]
    together(*(steps * 4))
    assert ClosedPeriod.objects.count() == 1
    numbers = list(LedgerEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert LedgerEntry.objects.filter(kind="withdrawal").get().amount == Decimal("5000.00")
    the_books_hold()
