"""What did not arrive waits on finance's desk until somebody who did not book it has settled it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from dashboards.queries.worklist import worklist_of
from demonstration.clock import noon, on
from tests.people import log_in
from vouchers.payments.receipts import actions

from .asking import booked, mailed, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]

LOOK = "Look into payments that did not arrive as paid"


@pytest.fixture
def disputed():
    told, receipt = booked()
    link, _address = mailed(receipt)
    actions.answer_receipt(receipt, said("missing", words="Nothing <b>here</b>"), by=link)
    receipt.refresh_from_db()
    return told, receipt, link


def on_the_desk(person, text=LOOK):
    return [work.number for work in worklist_of(person) if work.text == text]


def test_it_waits_for_finance_but_not_for_who_booked_it(disputed):
    told, receipt, _link = disputed
    other, booker = told.cast.finance[0], told.cast.finance[1]
    assert (on_the_desk(other), on_the_desk(booker)) == ([1], [])
    with pytest.raises(NotAllowed):
        actions.settle_receipt(receipt, reason="All is well", by=booker)
    with pytest.raises(NotAllowed):
        actions.settle_receipt(receipt, reason="All is well", by=told.manager)
    with pytest.raises(Refused):
        actions.settle_receipt(receipt, reason=" ", by=other)
    actions.settle_receipt(receipt, reason="The bank had held it", by=other)
    assert on_the_desk(other) == []


def test_once_settled_the_payee_reads_how_and_answers_no_more(disputed, client):
    told, receipt, link = disputed
    finance = told.cast.finance[0]
    page = log_in(client, finance).get(receipt.get_absolute_url()).content.decode()
    assert "Nothing &lt;b&gt;here&lt;/b&gt;" in page
    typed = {"reason": "Paid in on the 5th", "seen": "1"}
    client.post(reverse("receipts:settle", args=[receipt.pk]), typed)
    receipt.refresh_from_db()
    assert receipt.state == "settled"
    with pytest.raises(OutOfOrder):
        actions.answer_receipt(receipt, said(), by=link)
    with pytest.raises(OutOfOrder):
        actions.send_receipt_link(
            receipt, name="Amal", email="a@b.example", language="en", by=finance
        )


def test_a_payee_that_says_after_all_that_it_arrived_takes_it_off_the_desk(disputed):
    told, receipt, link = disputed
    actions.answer_receipt(receipt, said(), by=link)
    assert on_the_desk(told.cast.finance[0]) == []


def test_who_says_nothing_for_three_weeks_is_on_the_desk():
    told, _receipt = booked()
    text = "Ask payees who do not say whether the money has arrived"
    assert on_the_desk(told.cast.finance[0], text) == []
    with on(noon(22)):
        assert on_the_desk(told.cast.finance[0], text) == [1]


def test_list_order_claim_and_voucher_show_it(disputed, client):
    told, receipt, _link = disputed
    log_in(client, told.cast.finance[0])
    pages = [
        reverse("receipts:list", query={"state": "disputed"}),
        reverse("payments:orders"),
        receipt.order.claim.get_absolute_url(),
        told.voucher.get_absolute_url(),
    ]
    for address in pages:
        assert "not received as paid" in client.get(address).content.decode()
    file = client.get(reverse("receipts:list", query={"format": "csv"}))
    assert "Nothing has arrived." in file.content.decode()


def test_a_cluster_sees_the_state_but_no_page_of_staff(disputed, client):
    told, receipt, link = disputed
    log_in(client, told.manager)
    page = client.get(told.voucher.get_absolute_url()).content.decode()
    assert "not received as paid" in page
    assert receipt.get_absolute_url() not in page
    for name, pk in [("receipt", receipt.pk), ("send", receipt.pk), ("settle", receipt.pk)]:
        assert client.get(reverse(f"receipts:{name}", args=[pk])).status_code == 404
    assert client.post(reverse("receipts:withdraw", args=[link.pk])).status_code == 404
    assert client.get(reverse("receipts:list")).status_code == 404
