"""Two people press at the same instant: only what the voucher can bear passes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from demonstration.calls import noon
from demonstration.story import on
from records.acting import Refused
from tests.making import awarded, voucher_story
from vouchers.assistance.models import Milestone
from vouchers.awards.actions import accept_award
from vouchers.awards.models import Voucher
from vouchers.payments.actions import approve_claim, record_payment
from vouchers.payments.models import Claim, LedgerEntry, PaymentOrder

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls):
    """Run the calls in threads of their own that start at one instant; what each came to."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        try:
            barrier.wait()
            return call()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


_TO_VERIFY = ("handed in", "accepted by cluster", "accepted", "claimed", "verified")


def two_verified_claims():
    """Two verified claims of 3,000 EUR each on a voucher of 5,000 EUR.

    No plan allows them: the amounts are set behind the back of the actions, so that only the
    database stands between them and the voucher.
    """
    told = voucher_story("plan submitted")
    Milestone.objects.filter(plan__voucher=told.voucher).update(amount=Decimal("3000.00"))
    told.shares = (Decimal("3000.00"), Decimal("3000.00"))
    steps = dict(told._steps())
    for name in ("plan approved", *(f"{step} {index}" for index in (0, 1) for step in _TO_VERIFY)):
        with on(noon(-12)):
            steps[name]()
    return told, list(Claim.objects.order_by("pk"))


@pytest.mark.parametrize("attempt", range(3))
def test_two_approvals_at_once_never_exceed_the_voucher(attempt):
    told, (first, second) = two_verified_claims()
    one, other = told.cast.coordinators
    results = together(
        lambda: approve_claim(first, by=one), lambda: approve_claim(second, by=other)
    )
    refusals = [result for result in results if isinstance(result, str)]
    assert refusals == ["The voucher cannot bear this amount."]
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    assert voucher.approved == Decimal("3000.00")
    assert sorted(Claim.objects.values_list("state", flat=True)) == ["approved", "verified"]
    assert LedgerEntry.objects.count() == 1


def test_one_claim_approved_by_two_people_at_once_is_approved_once():
    told = voucher_story("verified 0")
    claim = Claim.objects.get()
    one, other = told.cast.coordinators
    results = together(lambda: approve_claim(claim, by=one), lambda: approve_claim(claim, by=other))
    assert sum(isinstance(result, Claim) for result in results) == 1
    assert LedgerEntry.objects.get().amount == claim.amount


def test_one_payment_recorded_twice_at_once_is_recorded_once():
    told = voucher_story("ordered 0")
    order = PaymentOrder.objects.get()
    day = order.ordered_at.date()
    person = told.cast.finance[1]
    results = together(
        lambda: record_payment(order, paid_on=day, bank_reference="A", by=person),
        lambda: record_payment(order, paid_on=day, bank_reference="B", by=person),
    )
    assert sum(isinstance(result, PaymentOrder) for result in results) == 1
    assert Voucher.objects.get(pk=told.voucher.pk).paid == order.amount
    assert LedgerEntry.objects.filter(kind="payment").count() == 1


def test_an_award_accepted_twice_at_once_gives_one_voucher():
    _story, (award,) = awarded()
    manager = award.application.submitted_by
    results = together(
        lambda: accept_award(award, by=manager), lambda: accept_award(award, by=manager)
    )
    assert sum(isinstance(result, Voucher) for result in results) == 1
    assert Voucher.objects.get().amount == Decimal("5000.00")
