"""What papers and messages say of advances, and of claims by which the cluster is reimbursed."""

import pytest
from lxml import html

from accounts.models import Role
from demonstration.story.paying import booked
from documents.rendering.pdf import letter_html
from notices.models import Notice
from notices.wording.messages import write_text
from tests.documents.samples import sample_document
from tests.making import today_there
from tests.payments.making import order_of
from tests.people import person
from vouchers.payments import actions
from vouchers.payments.batches.actions import return_payment
from vouchers.payments.batches.letters import message_to_payee
from vouchers.payments.batches.models import PayeeMail
from vouchers.payments.letters import order_facts, payment_facts
from vouchers.payments.models import PaymentOrder

from .making import advanced, approved, reimbursed, told_of

pytestmark = pytest.mark.django_db


def paid(claim, told):
    """The order by which the bank has paid a claim."""
    order = order_of(claim, told.cast)
    booked(order, told.cast)
    return PaymentOrder.objects.get(pk=order.pk)


def said(kind, facts):
    """The words of a letter of this kind, and its rows by their heading."""
    page = html.fromstring(letter_html(sample_document(kind, facts=facts)))
    rows = {
        words(row.find("th")): words(row.find("td"))
        for row in page.iter("tr")
        if row.find("th") is not None and row.find("td") is not None
    }
    return words(page), rows


def told_by(kind):
    """What the person is told who heard last of it."""
    notice = Notice.objects.filter(kind=kind).last()
    write_text(notice)
    return " ".join(notice.body.split())


def words(element):
    return " ".join(element.text_content().split())


def test_an_advance_is_announced_as_one_and_no_invoice_is_spoken_of():
    told = told_of("cluster", share="40")
    order = paid(advanced(told, "1500.00"), told)
    text, rows = said("payment", payment_facts(order))
    assert "1,500.00 EUR to Industry Cluster Association in advance, as you asked by ADV-1." in text
    assert "What you pay to the provider clears it" in text
    assert "for the invoice" not in text
    assert "Advanced, and not cleared" in text
    assert rows[order.claim.voucher.reference] == "5,000.00 EUR"
    assert payment_facts(order)["advances_out"] == "1500.00"


def test_what_is_cleared_stands_between_what_is_eligible_and_what_the_bank_pays():
    told = told_of("cluster", share="40")
    paid(advanced(told, "1500.00"), told)
    order = paid(approved(told, reimbursed(told, told.manager, 0, "2200.00")), told)
    for kind, facts in (("order", order_facts(order)), ("payment", payment_facts(order))):
        _text, rows = said(kind, facts)
        assert rows["Amount in euro"] == "2,200.00 EUR"
        assert "Eligible, as the control found" not in rows
        assert rows["Cleared against advances"] == "1,500.00 EUR"
        assert rows["Paid by the bank"] == "700.00 EUR"
    told_of_payment = told_by("claim-paid")
    assert told_of_payment.startswith("Dear members of ")
    assert "is paid back: 700.00 EUR" in told_of_payment
    assert "1,500.00 EUR, is cleared against what was paid in advance" in told_of_payment


def test_the_officers_of_a_partner_that_pays_are_not_written_to_as_a_cluster():
    told = told_of("partner")
    other = person(role=Role.OFFICER, country=told.country)
    claim = reimbursed(told, told.officer, 0, "3000.00")
    actions.verify_claim(claim, by=other)
    paid(actions.approve_claim(claim, by=told.cast.coordinators[0]), told)
    assert told_by("claim-paid").startswith("Hello, What was paid to the provider")


def test_what_is_eligible_and_what_the_final_rate_changes_are_told_apart():
    facts = {
        "eligible": "2299.56",
        "revalued": "-3.10",
        "cleared": "1000.00",
        "payable": "1296.46",
        "paid_out": "1296.46",
    }
    for kind in ("order", "payment"):
        _text, rows = said(kind, sample_document(kind).facts | facts)
        assert rows["Eligible, as the control found"] == "2,299.56 EUR"
        assert rows["Difference of exchange rates"] == "-3.10 EUR"
        assert rows["Cleared against advances"] == "1,000.00 EUR"
        assert rows["Paid by the bank"] == "1,296.46 EUR"


def test_a_cluster_whose_payment_came_back_is_told_its_account_and_where_it_changes_it():
    told = told_of("cluster", share="40")
    paid(advanced(told, "1500.00"), told)
    order = order_of(approved(told, reimbursed(told, told.manager, 0, "2200.00")), told.cast)
    return_payment(
        order,
        reason="The account is closed.",
        bank_reference="R-1",
        told_on=today_there(),
        by=told.cast.finance[1],
    )
    told_of_return = told_by("claim-payment-returned")
    assert "the payment of 700.00 EUR" in told_of_return
    assert "change the bank details on the portal" in told_of_return
    order.refresh_from_db()
    mail = message_to_payee(PayeeMail(payment=order, to="kept@example.org", pk=1))
    account = order.bank_details.account
    assert f"ends with …{account[-4:]}." in mail.body
    assert "change your bank details on the portal" in mail.body
