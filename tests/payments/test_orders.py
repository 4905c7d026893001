"""Orders to verified accounts, and recording what the bank paid."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from conduct.queries.days import today
from demonstration.clock import on
from demonstration.content.accounts import bank_account
from demonstration.content.banks import bank_profile
from demonstration.story.paying import paying_profile
from documents.models import Document
from tests.making import today_there
from tests.payments.making import approved, order_of, ordered, paid
from tests.payments.paying import record
from tests.people import log_in, person
from vouchers.books.models import LedgerEntry
from vouchers.payments.batches.actions import (
    authorise_batch,
    enter_profile,
    export_batch,
    propose_batch,
    verify_profile,
)
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.batches.rules.days import next_bank_day
from vouchers.payments.letters import order_facts, payment_facts
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.providers.actions.accounts import change_provider_account, verify_provider_account

pytestmark = pytest.mark.django_db


OTHER = bank_account("LB", 4711)


def change_account(told, account=OTHER):
    return change_provider_account(
        told.provider,
        bank_account=account,
        bic="BLOMLBBX",
        reason="They have moved.",
        by=told.officer,
    )


# --- The account --------------------------------------------------------------------------------
def test_an_order_goes_to_the_account_of_the_plans_provider(delivered, milestone):
    order = ordered(delivered, milestone)
    account = delivered.provider.accounts.get()
    assert (order.payee, order.bank_account, order.account, order.amount) == (
        "Cedar Consulting",
        bank_account("LB", 77),
        account,
        Decimal("3000.00"),
    )
    facts = order_facts(order)
    assert (facts["payee"], facts["bank_account"], facts["claimed"], facts["order"]) == (
        "Cedar Consulting",
        bank_account("LB", 77),
        "3000.00",
        f"{delivered.voucher.reference}-P1",
    )
    assert [(step["step"], step["person"]) for step in facts["steps"]] == [
        ("submitted by", str(delivered.manager)),
        ("verified by", str(delivered.officer)),
        ("approved by", str(delivered.cast.coordinators[0])),
        ("ordered by", str(delivered.cast.finance[0])),
    ]
    assert all(step["at"] for step in facts["steps"])
    assert facts["date"] == today_there().isoformat()


def test_nothing_is_ordered_to_an_account_that_cools_down(delivered, milestone):
    found = approved(delivered, milestone)
    with on(timezone.now() - timedelta(days=2)):
        account = change_account(delivered)
        account = verify_provider_account(account, by=delivered.cast.coordinators[1])
    with pytest.raises(Refused, match="cools down: it is usable from"):
        order_of(found, delivered.cast)
    with pytest.raises(IntegrityError, match="cools down"), transaction.atomic():
        _order_behind_the_back(delivered, found, account, OTHER, payee=account.holder)
    assert Claim.objects.get(pk=found.pk).state == Claim.State.APPROVED


def test_an_account_is_paid_to_once_it_has_cooled_down(delivered, milestone):
    found = approved(delivered, milestone)
    with on(timezone.now() - timedelta(days=3, minutes=1)):
        verify_provider_account(change_account(delivered), by=delivered.cast.coordinators[1])
    order = order_of(found, delivered.cast)
    assert order.bank_account == OTHER


def test_no_order_goes_to_an_account_that_nobody_verified(delivered, milestone, settings):
    settings.ACCOUNT_COOLING_DAYS = 0
    found = approved(delivered, milestone)
    account = change_account(delivered)
    with pytest.raises(Refused, match="not verified yet"):
        order_of(found, delivered.cast)
    assert Claim.objects.get(pk=found.pk).state == Claim.State.APPROVED
    assert not PaymentOrder.objects.exists()
    verify_provider_account(account, by=delivered.cast.coordinators[1])
    order = order_of(found, delivered.cast)
    assert order.bank_account == OTHER


def test_the_database_refuses_an_order_to_any_other_account(delivered, milestone, settings):
    settings.ACCOUNT_COOLING_DAYS = 0
    found = approved(delivered, milestone)
    stood = delivered.provider.accounts.get()
    fresh = change_account(delivered)
    for account, number in ((fresh, fresh.account), (stood, stood.account)):
        with pytest.raises(IntegrityError, match="not verified"), transaction.atomic():
            _order_behind_the_back(delivered, found, account, number)
    verify_provider_account(fresh, by=delivered.cast.coordinators[1])
    with pytest.raises(IntegrityError, match="not verified"), transaction.atomic():
        _order_behind_the_back(delivered, found, fresh, stood.account)
    assert order_of(found, delivered.cast).account == fresh


def _order_behind_the_back(told, found, account, number, payee="P"):
    profile = paying_profile(told.cast)
    with transaction.atomic():
        batch = PaymentBatch.objects.create(
            profile=profile,
            reference="PAY-B",
            group_reference="PAY-B-1",
            execution_on=today_there(),
            count=1,
            total=found.amount,
            proposed_by=told.cast.finance[0],
        )
        return PaymentOrder.objects.create(
            claim=found,
            batch=batch,
            reference="R",
            instruction="R",
            payee=payee,
            account=account,
            bank_account=number,
            amount=found.amount,
        )


def test_the_page_says_that_the_account_waits_for_a_second_person(client, delivered, milestone):
    found = approved(delivered, milestone)
    change_account(delivered)
    log_in(client, delivered.cast.finance[0])
    page = client.get(found.get_absolute_url()).content.decode()
    assert "account not verified yet" in page
    paying_profile(delivered.cast)
    answer = client.get(reverse("batches:propose"))
    assert "is not verified yet" in answer.content.decode()
    assert delivered.provider.get_absolute_url() in answer.content.decode()


def test_who_records_is_warned_of_an_account_that_changed_since(client, delivered, milestone):
    order = ordered(delivered, milestone)
    address = reverse("batches:record", args=[order.pk])
    log_in(client, delivered.cast.finance[1])
    assert "was changed after this order" not in client.get(address).content.decode()
    change_account(delivered)
    assert "was changed after this order" in client.get(address).content.decode()


# --- What the bank paid ---------------------------------------------------------------------------
def test_a_payment_is_noted_with_its_day_and_reference(delivered, milestone):
    order = paid(delivered, milestone, reference="BK 1")
    assert (order.paid_on, order.bank_reference, order.bank_reference_key) == (
        today_there(),
        "BK 1",
        "bk1",
    )
    assert order.paying_account == "NL41MOCK0000000001"


def test_one_reference_of_the_bank_stands_for_one_payment(twice):
    paid(twice, twice._milestone(0), reference="BK 1")
    other = ordered(twice, twice._milestone(1), amount="2000.00", number="F-2")
    for again in ["BK 1", "bk-1", "BK١", " BK1 "]:
        with pytest.raises(Refused, match="stands for another payment"):
            record(other, twice, bank_reference=again)
    assert Claim.objects.get(pk=other.claim_id).state == Claim.State.ORDERED
    assert LedgerEntry.objects.filter(kind="booking").count() == 1
    assert record(other, twice, bank_reference="BK 2").paid_on


def test_another_account_of_the_programme_may_have_the_same_reference(twice):
    first = paid(twice, twice._milestone(0), reference="BK 1")
    claim = approved(twice, twice._milestone(1), amount="2000.00", number="F-2")
    second = {**bank_profile(), "name": "Second", "debtor_account": "BE68539007547034"}
    profile = enter_profile(by=twice.cast.finance[0], **{**second, "debtor_bic": "GKCCBEBB"})
    verify_profile(profile, by=twice.cast.finance[1])
    day = next_bank_day(today(), profile.weekend, profile.holidays)
    batch = propose_batch(profile, [claim], execution_on=day, by=twice.cast.finance[0])
    for signatory in twice.cast.coordinators:
        authorise_batch(batch, by=signatory)
    export_batch(batch, by=twice.cast.finance[0])
    order = record(claim.payment_orders.get(), twice, bank_reference="BK 1")
    assert order.paying_account != first.paying_account


@pytest.mark.parametrize("days", [-1, 1])
def test_a_payment_lies_between_the_order_and_today(delivered, milestone, days):
    order = ordered(delivered, milestone)
    with pytest.raises(Refused, match="between the order and today") as refused:
        record(order, delivered, paid_on=today_there() + timedelta(days=days))
    assert refused.value.field == "paid_on"
    assert PaymentOrder.objects.get().paid_on is None
    assert not LedgerEntry.objects.filter(kind="booking").exists()


@pytest.mark.parametrize("reference", ["", " - "])
def test_a_payment_has_a_reference(delivered, milestone, reference):
    order = ordered(delivered, milestone)
    with pytest.raises(Refused, match="bank's reference"):
        record(order, delivered, bank_reference=reference)
    assert Claim.objects.get().state == Claim.State.ORDERED


def test_a_payment_is_recorded_once(delivered, milestone):
    order = paid(delivered, milestone)
    with pytest.raises((OutOfOrder, NotAllowed)):
        record(order, delivered, by=person(role="finance"), bank_reference="BK 9")
    assert LedgerEntry.objects.filter(kind="booking").get().amount == order.amount


def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(client, delivered, milestone):
    order = ordered(delivered, milestone)
    log_in(client, delivered.cast.finance[1])
    tomorrow = (today_there() + timedelta(days=1)).isoformat()
    page = client.post(
        reverse("batches:record", args=[order.pk]),
        {"paid_on": tomorrow, "bank_reference": "BK kept"},
    ).content.decode()
    assert "error_1_id_paid_on" in page
    assert 'value="BK kept"' in page
    empty = {"paid_on": "", "bank_reference": ""}
    page = client.post(reverse("batches:record", args=[order.pk]), empty).content.decode()
    assert "error_1_id_paid_on" in page
    assert "error_1_id_bank_reference" in page


# --- What is told -------------------------------------------------------------------------------
def test_the_payment_notice_says_what_is_left_and_hides_the_account(delivered, milestone):
    order = paid(delivered, milestone)
    facts = payment_facts(PaymentOrder.objects.get(pk=order.pk))
    number = bank_account("LB", 77)
    assert facts["bank_account"] == f"…{number[-4:]}"
    assert number not in str(facts)
    assert (facts["paid"], facts["left"], facts["payee"], facts["bank_reference"]) == (
        "3000.00",
        "2000.00",
        "Cedar Consulting",
        "BK1",
    )
    assert facts["date"] == today_there().isoformat()
    for document in Document.objects.filter(kind="payment"):
        assert number not in str(document.facts)
        assert document.facts["left"] == "2000.00"
