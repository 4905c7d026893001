"""What comes back: cancelled before the export, or by the bank's word after it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from conduct.actions import Refused
from conduct.queries.days import today
from demonstration.story.paying import authorised, exported, proposed
from tests.making import today_there
from tests.payments.batches.holding import held
from tests.payments.ledger.making import the_books_hold
from tests.payments.paying import record
from vouchers.awards.models import Voucher
from vouchers.payments.batches import actions
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import Claim, PaymentOrder

pytestmark = pytest.mark.django_db


def say_no(batch, by, **more):
    """The bank's word that it paid nothing."""
    typed = {"reason": "The account is closed.", "bank_reference": "AC04-7", "told_on": today()}
    return actions.cancel_batch(batch, by=by, **{**typed, **more})


def test_before_the_export_a_reason_is_enough(twice, both):
    batch = authorised(both, twice.cast)
    with pytest.raises(Refused, match="Say why it is cancelled"):
        actions.cancel_batch(batch, reason=" ", by=twice.cast.finance[1])
    batch = actions.cancel_batch(batch, reason="Wrong day.", by=twice.cast.finance[1])
    assert batch.state == "cancelled"
    assert set(PaymentOrder.objects.values_list("state", flat=True)) == {"cancelled"}
    again = exported(both, twice.cast)
    assert again.payments.order_by("pk").first().reference == f"{twice.voucher.reference}-P3"
    the_books_hold()


def test_after_the_export_only_the_banks_word_cancels(twice, both):
    batch = exported(both, twice.cast)
    for missing, field in (
        ({"bank_reference": ""}, "bank_reference"),
        ({"told_on": None}, "told_on"),
        ({"told_on": today() + timedelta(days=1)}, "told_on"),
    ):
        with pytest.raises(Refused) as refused:
            say_no(batch, twice.cast.finance[1], **missing)
        assert refused.value.field == field
    batch = say_no(batch, twice.cast.finance[1])
    assert batch.state == "cancelled"
    assert held(twice.voucher, "payable") == Decimal("5000.00")
    assert set(Claim.objects.values_list("state", flat=True)) == {"approved"}
    the_books_hold()
    exported(both, twice.cast)
    assert held(twice.voucher, "in_transit") == Decimal("5000.00")
    the_books_hold()


def test_one_payment_comes_back_and_is_paid_again(twice, both):
    batch = exported(both, twice.cast)
    first, second = PaymentOrder.objects.order_by("pk")
    record(first, twice)
    actions.return_payment(
        second,
        reason="Closed account (AC04)",
        bank_reference="RT-1",
        told_on=today(),
        by=twice.cast.finance[1],
    )
    assert PaymentBatch.objects.get(pk=batch.pk).state == "settled"
    assert held(twice.voucher, "payable") == Decimal("2000.00")
    claim = Claim.objects.get(pk=second.claim_id)
    exported([claim], twice.cast)
    again = claim.payment_orders.get(state="sent")
    assert again.reference == f"{twice.voucher.reference}-P3"
    record(again, twice, bank_reference="BK 3", paid_on=today_there())
    voucher = Voucher.objects.get(pk=twice.voucher.pk)
    assert (voucher.paid, voucher.approved) == (Decimal("5000.00"), Decimal("5000.00"))
    the_books_hold()


def test_a_batch_comes_to_the_sum_of_its_payments(twice, both):
    batch = proposed(both, twice.cast)
    with pytest.raises(IntegrityError, match="comes to the sum"), transaction.atomic():
        _without_payments(batch)


def _without_payments(like):
    PaymentBatch.objects.create(
        profile=like.profile,
        reference="PAY-X",
        group_reference="PAY-X-1",
        execution_on=like.execution_on,
        count=1,
        total=1,
        proposed_by=like.proposed_by,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
