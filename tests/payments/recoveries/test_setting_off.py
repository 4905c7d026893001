"""What a payee owes is set off against the next payment: the bank pays the net, the books say both."""

from __future__ import annotations

from decimal import Decimal
from threading import Thread

import pgtrigger
import pytest
from django.db import connection, transaction

from conduct.actions import Refused
from conduct.models.owning import as_owner
from conduct.queries.days import today
from demonstration.story.paying import exported
from documents.models import Document
from tests.payments.control.making import CUT
from tests.payments.ledger.making import held_by, journal, recomputed, the_books_hold
from tests.payments.making import approved, order_of
from tests.payments.making import claim as claimed
from tests.payments.paying import record
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerEntry
from vouchers.payments.actions import approve_claim, verify_claim
from vouchers.payments.batches.actions import cancel_batch, return_payment
from vouchers.payments.batches.models import BatchFile
from vouchers.payments.models import PaymentOrder
from vouchers.payments.recoveries import actions
from vouchers.payments.recoveries.models import Recovery
from vouchers.payments.recoveries.rules.setting_off import Due, Owed, SetOff, set_off

from .correcting import announced, received, to_set_off, two_milestones

D = Decimal


def test_the_oldest_is_set_off_first_and_a_cent_is_paid_of_each():
    dues = [Due(1, 7, 1, D("100.00")), Due(2, 7, 1, D("50.00")), Due(3, 8, 1, D("50.00"))]
    owed = [Owed(10, 7, 1, D("120.00")), Owed(11, 7, 1, D("99.00")), Owed(12, 7, 2, D("9.00"))]
    assert set_off(dues, owed) == [
        SetOff(1, 10, D("99.99")),
        SetOff(2, 10, D("20.01")),
        SetOff(2, 11, D("29.98")),
    ]


@pytest.mark.django_db
def test_the_bank_pays_the_net_and_the_ledger_says_gross_and_set_off(tmp_path, client):
    told, claim = two_milestones()
    correction = to_set_off(told, claim)
    second = approved(told, told._milestone(1), amount="2000.00", number="F-2")
    order = order_of(second, told.cast)
    assert (order.amount, order.set_off, order.batch.total) == (D(1800), D(200), D(1800))
    assert ">1800.00<" in BatchFile.objects.get(batch=order.batch).content
    # In transit is what is claimed; nothing is recovered until the bank has paid.
    assert held_by(told.voucher)["in_transit"] == D("2000.00")
    assert held_by(told.voucher)["receivable"] == D("200.00")
    record(order, told, bank_reference="BK 2")
    correction.refresh_from_db()
    held = held_by(told.voucher)
    assert (correction.state, held["receivable"], held["bank"]) == ("settled", 0, D("4800.00"))
    the_books_hold()
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    assert voucher.paid == D("5000.00")
    for kind in ("order", "payment", "batch-order"):
        facts = Document.objects.filter(kind=kind).latest("issued_at").facts
        assert "200.00" in str(facts)
        assert "1800.00" in str(facts)
    text = journal(client, voucher.award.application.call, told.cast.coordinators[0])
    lines, holds = recomputed(tmp_path, text)
    assert holds, lines
    assert f"voucher,{voucher.reference},4800.00,agrees" in lines


@pytest.mark.django_db
def test_no_more_is_set_off_than_what_a_control_found_eligible():
    told, claim = two_milestones()
    to_set_off(told, claim, "900.00")
    asked = claimed(told._milestone(1), told.manager, amount="1000.00", number="F-2")
    asked = verify_claim(asked, by=told.officer, found={asked.lines.get().pk: CUT})
    order = order_of(approve_claim(asked, by=told.cast.coordinators[0]), told.cast)
    # 800.00 are eligible: a cent of it is paid, and the rest waits for another payment.
    assert (order.amount, order.set_off, order.gross) == (D("0.01"), D("799.99"), D("800.00"))
    record(order, told, bank_reference="BK 2")
    assert held_by(told.voucher)["receivable"] == D("100.01")
    the_books_hold()
    facts = Document.objects.filter(kind="payment", language="en").latest("issued_at").facts
    sums = [D(facts[name]) for name in ("payable", "set_off", "paid_out")]
    assert sums[0] - sums[1] == sums[2]


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["cancelled", "returned"])
def test_a_payment_that_comes_to_nothing_sets_nothing_off(how):
    told, claim = two_milestones()
    correction = to_set_off(told, claim)
    second = approved(told, told._milestone(1), amount="2000.00", number="F-2")
    order = order_of(second, told.cast)
    finance = told.cast.finance[1]
    word = {"bank_reference": "RET 1", "told_on": today()}
    if how == "cancelled":
        cancel_batch(order.batch, reason="Wrong day", by=finance, **word)
    else:
        return_payment(order, reason="Closed", by=finance, **word)
    assert Recovery.objects.get().state == "void"
    correction.refresh_from_db()
    assert correction.state == "announced"
    the_books_hold()
    # Ordered anew, it is set off anew.
    again = order_of(second, told.cast)
    assert (again.amount, again.set_off) == (D(1800), D(200))
    record(again, told, bank_reference="BK 3")
    assert held_by(told.voucher)["receivable"] == 0
    the_books_hold()


@pytest.mark.django_db(transaction=True)
def test_a_set_off_is_undone_with_a_payment_that_comes_back_after_its_booking():
    told, claim = two_milestones()
    correction = to_set_off(told, claim)
    second = approved(told, told._milestone(1), amount="2000.00", number="F-2")
    order = record(order_of(second, told.cast), told, bank_reference="BK 2")
    ignored = pgtrigger.ignore("vouchers.PaymentOrder:state_flow")
    with as_owner(), ignored, transaction.atomic():
        PaymentOrder.objects.filter(pk=order.pk).update(
            state="returned",
            returned_by=told.cast.finance[1],
            returned_on=today(),
            return_reason="Closed account",
            return_reference="RET 2",
        )
        order.refresh_from_db()
        actions.drop_set_offs([order], by=told.cast.finance[1])
    correction.refresh_from_db()
    assert (correction.state, Recovery.objects.get().state) == ("announced", "void")
    assert held_by(told.voucher)["receivable"] == D("200.00")
    assert LedgerEntry.objects.filter(kind="reopening").count() == 1
    the_books_hold()


@pytest.mark.django_db
def test_what_is_on_its_way_is_open_no_more():
    told, claim = two_milestones()
    correction = to_set_off(told, claim)
    second = approved(told, told._milestone(1), amount="2000.00", number="F-2")
    order_of(second, told.cast)
    with pytest.raises(Refused, match="no more than is open"):
        received(told, correction, "0.01")


@pytest.mark.django_db
def test_what_finance_did_not_choose_is_not_set_off():
    told, claim = two_milestones()
    announced(told, claim)
    order = order_of(approved(told, told._milestone(1), amount="2000.00", number="F-2"), told.cast)
    assert (order.amount, order.set_off) == (D(2000), 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_is_entered():
    told, claim = two_milestones()
    part = received(told, announced(told, claim))
    others = [told.cast.finance[1], told.cast.coordinators[0]]
    refused = []

    def confirm(person):
        try:
            actions.confirm_part(Recovery.objects.get(pk=part.pk), by=person)
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=confirm, args=[person]) for person in others]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 1
    assert LedgerEntry.objects.filter(kind="recovery").count() == 1
    assert held_by(told.voucher)["receivable"] == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_batches_at_once_money_is_set_off_once():
    told, claim = two_milestones()
    to_set_off(told, claim)
    milestone = told._milestone(1)
    claims = [
        approved(told, milestone, amount=amount, number=number)
        for amount, number in (("1000.00", "F-2"), ("900.00", "F-3"))
    ]

    def propose(one):
        try:
            exported([one], told.cast)
        finally:
            connection.close()

    threads = [Thread(target=propose, args=[one]) for one in claims]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    orders = PaymentOrder.objects.filter(claim__in=claims)
    assert sum(order.set_off for order in orders) == D("200.00")
    assert Recovery.objects.filter(state="waiting").count() == 1
