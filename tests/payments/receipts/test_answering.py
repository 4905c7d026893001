"""A payee answers by its link: yes, no, another amount; once, corrected, and never by a stranger."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from notices.models import Notice
from tests.links.linking import proven
from tests.making import today_there
from vouchers.payments.receipts import actions
from vouchers.payments.receipts.models import Receipt, ReceiptAnswer, ReceiptLink

from .asking import booked, mailed, said, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]


def test_the_payee_is_asked_with_the_booking_in_the_language_of_the_voucher():
    _told, receipt = booked()
    link, _address = mailed(receipt)
    assert (receipt.state, link.mail, link.email) == ("asked", "first", "amal@cedar.example")
    message = mail.outbox[-1]
    assert message.to == ["amal@cedar.example"]
    assert receipt.order.reference in message.subject
    assert receipt.order.bank_account not in message.body


def test_a_payee_says_yes_and_sees_what_was_answered():
    _told, receipt = booked()
    _link, address = mailed(receipt)
    browser = proven(address)
    page = browser.get(address).content.decode()
    assert receipt.order.bank_account not in page
    answer = browser.post(address, typed(words="Thank you"))
    assert answer.status_code == 302
    receipt.refresh_from_db()
    assert receipt.state == "confirmed"
    assert "Thank you" in browser.get(address).content.decode()
    assert not Notice.objects.filter(kind="payment-disputed").exists()


def test_a_link_that_was_passed_on_asks_for_the_code_of_its_holder():
    _told, receipt = booked()
    _link, address = mailed(receipt)
    stranger = Client()
    assert receipt.order.reference not in stranger.get(address).content.decode()
    stranger.post(address, typed())
    assert not ReceiptAnswer.objects.exists()


@pytest.mark.parametrize(
    ("kind", "more"),
    [("missing", {}), ("different", {"amount": Decimal("2990.50"), "currency": "EUR"})],
)
def test_what_did_not_arrive_as_paid_is_told_to_finance(kind, more):
    told, receipt = booked()
    link, _address = mailed(receipt)
    answer = actions.answer_receipt(receipt, said(kind, words="Look", **more), by=link)
    receipt.refresh_from_db()
    assert (receipt.state, answer.amount) == ("disputed", more.get("amount"))
    notice = Notice.objects.get(kind="payment-disputed", recipient=told.cast.finance[0])
    assert notice.facts["words"] == "Look"


def test_the_same_answer_twice_is_one_and_another_is_a_correction():
    _told, receipt = booked()
    link, _address = mailed(receipt)
    actions.answer_receipt(receipt, said("missing"), by=link)
    actions.answer_receipt(receipt, said("missing"), by=link)
    assert ReceiptAnswer.objects.count() == 1
    actions.answer_receipt(receipt, said(), by=link)
    receipt.refresh_from_db()
    assert (receipt.state, ReceiptAnswer.objects.count()) == ("confirmed", 2)
    # And back again: the newest one counts.
    actions.answer_receipt(receipt, said("missing", words="It was another one"), by=link)
    receipt.refresh_from_db()
    assert receipt.state == "disputed"


@pytest.mark.parametrize(
    ("typed_so", "field"),
    [
        ({"received_on": None}, "received_on"),
        ({"received_on": "tomorrow"}, "received_on"),
        ({"kind": "different"}, "amount"),
        ({"kind": "different", "amount": Decimal(0), "currency": "EUR"}, "amount"),
        ({"kind": "different", "amount": Decimal("1.005"), "currency": "EUR"}, "amount"),
        ({"kind": "different", "amount": Decimal("3000.00"), "currency": "EUR"}, "amount"),
        ({"kind": "different", "amount": Decimal(5), "currency": "XXX"}, "currency"),
    ],
)
def test_what_is_amiss_is_said_beside_its_field(typed_so, field):
    _told, receipt = booked()
    link, _address = mailed(receipt)
    day = typed_so.pop("received_on", today_there())
    answer = actions.AnswerTyped(
        **{
            "kind": "received",
            "received_on": today_there() + timedelta(days=1) if day == "tomorrow" else day,
            **typed_so,
        }
    )
    with pytest.raises(Refused) as refused:
        actions.answer_receipt(receipt, answer, by=link)
    assert refused.value.field == field


def test_bad_input_keeps_what_was_typed():
    _told, receipt = booked()
    _link, address = mailed(receipt)
    browser = proven(address)
    page = browser.post(address, typed("different", amount="-1", currency="EUR", words="Kept"))
    assert page.status_code == 200
    assert "Kept" in page.content.decode()
    assert not ReceiptAnswer.objects.exists()


def test_a_link_that_has_ended_answers_nothing():
    told, receipt = booked()
    link, address = mailed(receipt)
    browser = proven(address)
    actions.withdraw_receipt_link(link, by=told.cast.finance[0])
    assert browser.post(address, typed()).status_code == 410
    with pytest.raises(OutOfOrder):
        actions.answer_receipt(receipt, said(), by=link)
    assert not ReceiptAnswer.objects.exists()


def test_a_link_expires_after_thirty_days_and_a_new_one_replaces_it():
    told, receipt = booked()
    link, address = mailed(receipt)
    with on(timezone.now() + timedelta(days=31)):
        assert Client().get(address).status_code == 410
        anew = actions.send_receipt_link(
            receipt, name="Amal", email="amal@cedar.example", language="fr", by=told.officer
        )
    link.refresh_from_db()
    assert link.ended == "replaced"
    assert (anew.language, anew.mail) == ("fr", "anew")


def test_the_link_of_another_payment_answers_nothing_here():
    _told, receipt = booked()
    link, _address = mailed(receipt)
    other = ReceiptLink.objects.get(pk=link.pk)
    other.receipt_id = receipt.pk + 1
    with pytest.raises((NotAllowed, Receipt.DoesNotExist)):
        actions.answer_receipt(receipt, said(), by=other)


def test_nothing_is_asked_of_a_payee_without_an_address_until_somebody_sends_the_link():
    told, receipt = booked(email="")
    assert not ReceiptLink.objects.exists()
    with on(noon(40)):
        assert actions.remind_of_receipts() == 0
    actions.send_receipt_link(
        receipt, name="Amal", email="amal@cedar.example", language="ar", by=told.cast.finance[0]
    )
    _link, address = mailed(receipt)
    page = proven(address).get(address).content.decode()
    assert 'dir="rtl"' in page


def test_a_payee_that_says_nothing_is_reminded_twice_and_no_more():
    _told, receipt = booked()
    with on(noon(6)):
        assert actions.remind_of_receipts() == 0
    with on(noon(8)):
        assert actions.remind_of_receipts() == 1
        assert actions.remind_of_receipts() == 0
    with on(noon(15)):
        assert actions.remind_of_receipts() == 1
    with on(noon(29)):
        assert actions.remind_of_receipts() == 0
    assert list(receipt.links.order_by("pk").values_list("mail", flat=True)) == [
        *("first", "reminder", "second"),
    ]


def test_who_answered_or_lost_the_link_is_not_reminded():
    told, receipt = booked()
    link, _address = mailed(receipt)
    actions.withdraw_receipt_link(link, by=told.officer)
    with on(noon(8)):
        assert actions.remind_of_receipts() == 0
