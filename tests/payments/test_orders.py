"""Orders to verified accounts, and recording what the bank paid."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import on
from demonstration.content.accounts import bank_account
from documents.models import Document
from tests.making import today_there
from tests.payments.making import approved, ordered, paid
from tests.payments.paying import record
from tests.people import log_in, person
from vouchers.books.models import LedgerEntry
from vouchers.payments import actions
from vouchers.payments.letters import order_facts, payment_facts
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.providers.actions.accounts import change_provider_account, verify_provider_account

pytestmark = pytest.mark.django_db


OTHER = bank_account("LB", 4711)


def change_account(told, account=OTHER):
    return change_provider_account(
        told.provider, bank_account=account, reason="They have moved.", by=told.officer
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
        actions.order_payment(found, by=delivered.cast.finance[0])
    with pytest.raises(IntegrityError, match="cools down"), transaction.atomic():
        _order_behind_the_back(found, account, OTHER, payee=account.holder)
    assert Claim.objects.get(pk=found.pk).state == Claim.State.APPROVED


def test_an_account_is_paid_to_once_it_has_cooled_down(delivered, milestone):
    found = approved(delivered, milestone)
    with on(timezone.now() - timedelta(days=3, minutes=1)):
        verify_provider_account(change_account(delivered), by=delivered.cast.coordinators[1])
    order = actions.order_payment(found, by=delivered.cast.finance[0])
    assert order.bank_account == OTHER


def test_no_order_goes_to_an_account_that_nobody_verified(delivered, milestone, settings):
    settings.ACCOUNT_COOLING_DAYS = 0
    found = approved(delivered, milestone)
    account = change_account(delivered)
    with pytest.raises(Refused, match="not verified yet"):
        actions.order_payment(found, by=delivered.cast.finance[0])
    assert Claim.objects.get(pk=found.pk).state == Claim.State.APPROVED
    assert not PaymentOrder.objects.exists()
    verify_provider_account(account, by=delivered.cast.coordinators[1])
    order = actions.order_payment(found, by=delivered.cast.finance[0])
    assert order.bank_account == OTHER


def test_the_database_refuses_an_order_to_any_other_account(delivered, milestone, settings):
    settings.ACCOUNT_COOLING_DAYS = 0
    found = approved(delivered, milestone)
    stood = delivered.provider.accounts.get()
    fresh = change_account(delivered)
    for account, number in ((fresh, fresh.account), (stood, stood.account)):
        with pytest.raises(IntegrityError, match="not verified"), transaction.atomic():
            _order_behind_the_back(found, account, number)
    verify_provider_account(fresh, by=delivered.cast.coordinators[1])
    with pytest.raises(IntegrityError, match="not verified"), transaction.atomic():
        _order_behind_the_back(found, fresh, stood.account)
    assert actions.order_payment(found, by=delivered.cast.finance[0]).account == fresh


def _order_behind_the_back(found, account, number, payee="P"):
    return PaymentOrder.objects.create(
        claim=found, reference="R", payee=payee, account=account, bank_account=number, amount=1
    )


def test_the_page_says_that_the_account_waits_for_a_second_person(client, delivered, milestone):
    found = approved(delivered, milestone)
    change_account(delivered)
    log_in(client, delivered.cast.finance[0])
    page = client.get(found.get_absolute_url()).content.decode()
    assert "account not verified yet" in page
    answer = client.post(
        reverse("payments:order", args=[found.pk]),
        headers={"referer": found.get_absolute_url()},
        follow=True,
    )
    assert "is not verified yet" in answer.content.decode()


def test_who_records_is_warned_of_an_account_that_changed_since(client, delivered, milestone):
    found = ordered(delivered, milestone).claim
    address = reverse("payments:record", args=[found.pk])
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
    assert order.paying_account == "Programme account"


def test_one_reference_of_the_bank_stands_for_one_payment(twice):
    paid(twice, twice._milestone(0), reference="BK 1")
    other = ordered(twice, twice._milestone(1), amount="2000.00", number="F-2")
    for again in ["BK 1", "bk-1", "BK١", " BK1 "]:
        with pytest.raises(Refused, match="stands for another payment"):
            record(other, twice, bank_reference=again)
    assert Claim.objects.get(pk=other.claim_id).state == Claim.State.ORDERED
    assert LedgerEntry.objects.filter(kind="booking").count() == 1
    assert record(other, twice, bank_reference="BK 2").paid_on


def test_another_account_of_the_programme_may_have_the_same_reference(settings, twice):
    settings.PAYING_ACCOUNTS = ["Main", "Second"]
    first = paid(twice, twice._milestone(0), reference="BK 1")
    assert first.paying_account == "Main"
    other = ordered(twice, twice._milestone(1), amount="2000.00", number="F-2")
    with pytest.raises(Refused, match="no such account"):
        record(other, twice, paying_account="Somebody else's")
    assert record(other, twice, paying_account="Second").paying_account == "Second"


def test_the_account_is_chosen_where_there_are_several(client, settings, delivered, milestone):
    found = ordered(delivered, milestone).claim
    address = reverse("payments:record", args=[found.pk])
    log_in(client, delivered.cast.finance[1])
    assert "paying_account" not in client.get(address).content.decode()
    settings.PAYING_ACCOUNTS = ["Main", "Second"]
    assert "paying_account" in client.get(address).content.decode()
    client.post(
        address,
        {
            "paid_on": today_there().isoformat(),
            "bank_reference": "BK 1",
            "paying_account": "Second",
        },
    )
    assert PaymentOrder.objects.get().paying_account == "Second"


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
    found = ordered(delivered, milestone).claim
    log_in(client, delivered.cast.finance[1])
    tomorrow = (today_there() + timedelta(days=1)).isoformat()
    page = client.post(
        reverse("payments:record", args=[found.pk]),
        {"paid_on": tomorrow, "bank_reference": "BK kept"},
    ).content.decode()
    assert "error_1_id_paid_on" in page
    assert 'value="BK kept"' in page
    empty = {"paid_on": "", "bank_reference": ""}
    page = client.post(reverse("payments:record", args=[found.pk]), empty).content.decode()
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
