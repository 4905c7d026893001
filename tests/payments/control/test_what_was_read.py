"""Nobody decides on money by a page that showed something else than what stands: they are told."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from documents.models import Document
from tests.making import voucher_story
from tests.payments.control.making import approved_in_part, cut, line_of
from tests.payments.control.test_sending_back import REASON, anew
from tests.payments.making import claim
from tests.payments.receipts.asking import booked, mailed, said
from tests.payments.recoveries.correcting import announced, received, two_milestones
from tests.people import log_in
from vouchers.payments import actions
from vouchers.payments.models import Claim
from vouchers.payments.receipts.actions import answer_receipt

pytestmark = pytest.mark.django_db


def link_to(client, page, name, *args):
    """The address behind a link or button of the page, with what it carries."""
    text = client.get(page).content.decode()
    return re.search(rf'"({re.escape(reverse(name, args=args))}[^"]*)"', text)[1]


def carried(client, address):
    """What the form at the address carries of what was read."""
    text = client.get(address).content.decode()
    return re.search(r'name="seen"(?: value="([^"]*)")?', text)[1] or ""


def mark_in(page):
    return re.search(r'name="seen" value="([^"]*)"', page)[1]


@pytest.mark.parametrize("name", ["payments:return", "payments:reject"])
def test_a_claim_that_was_controlled_anew_meanwhile_is_not_given_back_unread(
    client, delivered, name
):
    found = cut(delivered)
    one, other = delivered.cast.coordinators
    log_in(client, one)
    page = found.get_absolute_url()
    # The page of the claim is read, and left open; the one that asks why is opened only then.
    address = link_to(client, page, name, found.pk)
    found = anew(delivered, actions.send_back(found, reason=REASON, by=other))
    seen = carried(client, address)
    told = client.post(address, {"reason": "Too much.", "seen": seen}).content.decode()
    assert "controlled anew meanwhile" in told
    assert "Too much." in told
    assert f'href="{page}"' in told
    # To press again does not help: first it is read.
    assert f'name="seen" value="{seen}"' in told
    for nothing in ({}, {"seen": "x"}, {"seen": "0"}):
        told = client.post(address, {"reason": "Too much.", **nothing}).content.decode()
        assert "controlled anew meanwhile" in told
    assert Claim.objects.get().state == "verified"
    address = link_to(client, page, name, found.pk)
    client.post(address, {"reason": "Too much.", "seen": carried(client, address)})
    assert Claim.objects.get().state in ("returned", "rejected")


def test_an_officer_reads_that_the_control_was_sent_back_before_giving_the_claim_back(
    client, delivered
):
    asked = claim(delivered._milestone(0), delivered.manager, amount="1000.00")
    log_in(client, delivered.officer)
    address = link_to(client, asked.get_absolute_url(), "payments:return", asked.pk)
    assert carried(client, address) == ""
    found = actions.verify_claim(asked, by=delivered.officer)
    actions.send_back(found, reason=REASON, by=delivered.cast.coordinators[0])
    told = client.post(address, {"reason": "Mend it.", "seen": ""}).content.decode()
    assert "The control was sent back meanwhile" in told
    assert Claim.objects.get().state == "sent_back"


def test_a_control_answers_the_sending_back_that_its_page_showed(client, delivered):
    found = cut(delivered)
    one, other = delivered.cast.coordinators
    found = actions.send_back(found, reason=REASON, by=one)
    address = reverse("payments:verify", args=[found.pk])
    log_in(client, delivered.officer)
    seen = carried(client, address)
    found = actions.send_back(anew(delivered, found), reason="And the annex?", by=other)
    typed = {"changes": "I read page 4.", "seen": seen}
    told = client.post(address, typed).content.decode()
    assert "The control was sent back meanwhile" in told
    # Here the page itself says what is asked now, so it is enough to press again.
    assert "And the annex?" in told
    assert "I read page 4." in told
    now = re.search(r'name="seen" value="([^"]*)"', told)[1]
    client.post(address, {"changes": "I read the annex.", "seen": now})
    assert Claim.objects.get().state == "verified"


def test_a_wrong_field_makes_nobody_read_what_came_meanwhile(client, delivered):
    """The page says that a field is wrong and no more: the mark that was sent stays on it."""
    found = cut(delivered)
    one, other = delivered.cast.coordinators
    found = actions.send_back(found, reason=REASON, by=one)
    address = reverse("payments:verify", args=[found.pk])
    log_in(client, delivered.officer)
    seen = carried(client, address)
    actions.send_back(anew(delivered, found), reason="And the annex?", by=other)
    typed = {"changes": "I read page 4.", "seen": seen}
    wrong = {f"line-{line_of(found)}-deducted": "abc"}
    page = client.post(address, typed | wrong).content.decode()
    assert "was sent back meanwhile" not in page
    assert f'name="seen" value="{seen}"' in page
    assert f"?seen={seen}" in page
    told = client.post(address, typed | {"seen": mark_in(page)}).content.decode()
    assert "The control was sent back meanwhile" in told
    assert Claim.objects.get().state == "sent_back"
    # Told, and wrong once more: the page that told carries what it showed, and so does the next.
    page = client.post(address, typed | wrong | {"seen": mark_in(told)}).content.decode()
    client.post(address, {"changes": "I read the annex.", "seen": mark_in(page)})
    assert Claim.objects.get().state == "verified"


def test_nor_of_what_a_colleague_decided_of_what_was_set_aside(client, delivered):
    found = approved_in_part(delivered)
    address = reverse("control:parked", args=[found.pk])
    log_in(client, delivered.officer)
    typed = {f"line-{line_of(found)}": "40", "decision": "take_in", "reason": "Half."}
    typed["seen"] = carried(client, address)
    actions.refuse_parked(
        found,
        {line_of(found): Decimal(40)},
        error_type="evidence",
        reason="No ticket.",
        by=delivered.officer,
    )
    page = client.post(address, typed | {f"line-{line_of(found)}": "abc"}).content.decode()
    assert "A colleague has just decided" not in page
    assert mark_in(page) == typed["seen"]
    told = client.post(address, typed | {"seen": mark_in(page)}).content.decode()
    assert "A colleague has just decided" in told
    found.refresh_from_db()
    assert found.parked == 40


@pytest.mark.parametrize("decision", ["take_in", "refuse"])
def test_of_what_is_set_aside_only_what_was_read_is_decided_on(client, delivered, decision):
    found = approved_in_part(delivered)
    address = reverse("control:parked", args=[found.pk])
    log_in(client, delivered.officer)
    typed = {
        f"line-{line_of(found)}": "40",
        "decision": decision,
        "error_type": "evidence",
        "reason": "Half of it.",
        "seen": carried(client, address),
    }
    actions.refuse_parked(
        found,
        {line_of(found): Decimal(40)},
        error_type="evidence",
        reason="No ticket.",
        by=delivered.officer,
    )
    told = client.post(address, typed).content.decode()
    assert "A colleague has just decided" in told
    assert "Half of it." in told
    found.refresh_from_db()
    assert (found.parked, found.deducted) == (40, 160)
    now = re.search(r'name="seen" value="([^"]*)"', told)[1]
    client.post(address, typed | {"seen": now})
    found.refresh_from_db()
    assert found.parked == 0


def test_a_receipt_is_settled_for_the_answer_that_was_read(client, no_attempts_yet):
    told, receipt = booked()
    link, _address = mailed(receipt)
    answer_receipt(receipt, said("missing"), by=link)
    log_in(client, told.cast.finance[0])
    address = link_to(client, receipt.get_absolute_url(), "receipts:settle", receipt.pk)
    seen = carried(client, address)
    answer_receipt(receipt, said("missing", words="Our account was closed."), by=link)
    page = client.post(address, {"reason": "Paid in", "seen": seen}).content.decode()
    assert "The payee has just answered anew" in page
    assert "Paid in" in page
    receipt.refresh_from_db()
    assert receipt.state == "disputed"
    address = link_to(client, receipt.get_absolute_url(), "receipts:settle", receipt.pk)
    client.post(address, {"reason": "Paid in", "seen": carried(client, address)})
    receipt.refresh_from_db()
    assert receipt.state == "settled"


def test_so_much_is_demanded_back_as_the_page_said_is_open(client):
    told, paid = two_milestones()
    found = announced(told, paid)
    log_in(client, told.cast.finance[0])
    page = found.get_absolute_url()
    address = link_to(client, page, "recoveries:demand", found.pk)
    seen = carried(client, address)
    set_off = reverse("recoveries:set_off", args=[found.pk])
    received(told, found, "50.00")
    typed = {"due_on": "2099-01-04", "seen": seen}
    assert "150.00 EUR are open by now" in client.post(address, typed).content.decode()
    text = client.post(set_off, {"seen": seen}, headers={"referer": page}, follow=True)
    assert "150.00 EUR are open by now" in text.content.decode()
    found.refresh_from_db()
    assert (found.state, found.set_off_at) == ("announced", None)
    address = link_to(client, page, "recoveries:demand", found.pk)
    client.post(set_off, {"seen": carried(client, address)})
    client.post(address, typed | {"seen": carried(client, address)})
    found.refresh_from_db()
    assert found.state == "demanded"
    assert found.set_off_at is not None


def test_with_the_closing_so_much_is_released_as_the_page_said(client):
    told = voucher_story("reported")
    report, voucher = told.voucher.final_report, told.voucher
    voucher.refresh_from_db()
    log_in(client, told.officer)
    text = client.get(report.version.get_absolute_url()).content.decode()
    rest = re.search(r'name="seen" value="([^"]*)"', text)[1]
    assert rest == str(voucher.balance)
    address = reverse("payments:accept_report", args=[voucher.pk])
    stale = {"version": report.version.number, "seen": "37.50"}
    told_so = client.post(address, stale, headers={"referer": "/"}, follow=True)
    assert f"{voucher.balance} EUR would be released by now" in told_so.content.decode()
    assert not Document.objects.filter(kind="completion").exists()
    client.post(address, stale | {"seen": rest})
    voucher.refresh_from_db()
    assert voucher.state == "closed"
