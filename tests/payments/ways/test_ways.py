"""Who is paid, with which evidence and by which postings: the way of use of the call says it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Role
from clusters.actions import change_account, verify_account
from clusters.models import BankAccount, Cluster
from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.story.paying import booked
from tests.making import today_there
from tests.payments.ledger.making import entered, held_by, the_books_hold
from tests.payments.making import claim as claimed
from tests.payments.making import order_of
from tests.people import log_in, person
from vouchers.assistance.reports.queries import report_of
from vouchers.calls.models import Call
from vouchers.payments import actions
from vouchers.payments.claims.actions import ask_for_advance
from vouchers.payments.models import Claim, Clearing, Invoice, PaymentOrder
from vouchers.payments.queries import out_of
from vouchers.payments.recoveries import actions as recoveries
from vouchers.payments.recoveries.actions import CorrectionTyped

from .making import advanced, approved, reimbursed, told_of

pytestmark = pytest.mark.django_db
D = Decimal


def paid_by_the_bank(claim, told):
    """The claim after the bank has paid it."""
    booked(order_of(claim, told.cast), told.cast)
    return Claim.objects.get(pk=claim.pk)


def test_a_cluster_that_pays_is_reimbursed_on_its_own_account():
    told = told_of("cluster")
    cluster = told.voucher.award.application.cluster
    found = approved(told, reimbursed(told, told.manager, 0, "3000.00"))
    assert (found.way, found.payee, found.provider) == ("cluster", cluster, told.provider)
    invoice = found.invoices.get()
    assert (invoice.paid_on, invoice.proof is None) == (today_there(), False)
    order = order_of(found, told.cast)
    details = cluster.bank_accounts.get()
    assert (order.payee, order.bank_account) == (details.holder, details.account)
    assert (order.account, order.paid_to) == (None, details)
    booked(order, told.cast)
    assert held_by(told.voucher)["bank"] == D("3000.00")
    the_books_hold()


def test_without_proof_nothing_is_reimbursed_and_with_it_no_provider_is_paid():
    told = told_of("cluster")
    with pytest.raises(Refused) as refused:
        claimed(told._milestone(0), told.manager)
    assert refused.value.field == "invoices-0-paid_on"


def test_nothing_is_ordered_to_bank_details_that_nobody_verified_or_that_cool_down(settings):
    told = told_of("cluster")
    found = approved(told, reimbursed(told, told.manager, 0, "3000.00"))
    details = found.cluster.bank_accounts.get()
    fresh = change_account(
        found.cluster,
        holder="Another holder",
        bank=details.bank,
        account=details.account,
        bic=details.bic,
        currency="EUR",
        by=told.manager,
    )
    with pytest.raises(Refused, match="not verified"):
        order_of(found, told.cast)
    verify_account(fresh, by=told.officer)
    with pytest.raises(Refused, match="cools down"):
        order_of(found, told.cast)
    assert BankAccount.objects.get(pk=fresh.pk).is_cooling


@pytest.mark.parametrize(("field", "length"), [("street", 71), ("postcode", 17)])
def test_an_address_that_banks_do_not_take_is_said_and_never_cut(field, length):
    told = told_of("cluster")
    found = approved(told, reimbursed(told, told.manager, 0, "3000.00"))
    Cluster.objects.filter(pk=found.cluster_id).update(**{field: "x" * length})
    with pytest.raises(Refused, match="address"):
        order_of(Claim.objects.get(pk=found.pk), told.cast)
    assert not PaymentOrder.objects.exists()


def test_an_advance_is_a_receivable_that_claims_clear_before_anything_more_is_paid():
    told = told_of("cluster", share="40")
    with pytest.raises(Refused, match=r"2,000\.00 EUR can be advanced"):
        ask_for_advance(told.voucher, amount=D("2000.01"), by=told.manager)
    advance = paid_by_the_bank(advanced(told, "1500.00"), told)
    assert held_by(told.voucher)["advanced"] == D("1500.00")
    the_books_hold()
    with pytest.raises(Refused, match=r"500\.00 EUR can be advanced"):
        ask_for_advance(told.voucher, amount=D("500.01"), by=told.manager)
    # All of it is cleared: the bank has nothing to pay.
    first = approved(told, reimbursed(told, told.manager, 0, "1000.00"))
    assert (first.state, first.cleared, first.payable) == ("paid", D("1000.00"), 0)
    held = held_by(told.voucher)
    assert (held["advanced"], held["bank"], held["payable"]) == (D(500), D(1000), 0)
    the_books_hold()
    # The rest of the advance first, then the bank.
    second = approved(told, reimbursed(told, told.manager, 0, "1200.00", number="F-2"))
    assert (second.state, second.cleared, second.payable) == ("approved", D("500.00"), D("700.00"))
    assert order_of(second, told.cast).amount == D("700.00")
    assert paid_by_the_bank_already(second, told) == D("2200.00")
    assert out_of(told.voucher) == 0
    the_books_hold()
    assert entered(told.voucher, "clearing") == advance.amount


def paid_by_the_bank_already(claim, told):
    booked(claim.payment_orders.get(state="sent"), told.cast)
    return held_by(told.voucher)["bank"]


def test_a_reversed_approval_leaves_the_advance_out_again():
    told = told_of("cluster", share="20")
    paid_by_the_bank(advanced(told, "1000.00"), told)
    found = approved(told, reimbursed(told, told.manager, 0, "1400.00"))
    actions.reverse_approval(found, reason="The wrong invoice.", by=told.cast.coordinators[0])
    found.refresh_from_db()
    assert (found.state, found.cleared, out_of(told.voucher)) == ("returned", 0, D("1000.00"))
    the_books_hold()


def test_a_voucher_is_not_closed_while_an_advance_is_out():
    told = told_of("cluster", share="20")
    paid_by_the_bank(advanced(told, "1000.00"), told)
    approved(told, reimbursed(told, told.manager, 0, "400.00"))
    for step in ("handed in 1", "accepted by cluster 1", "accepted 1"):
        told.take(step)
    approved(told, reimbursed(told, told.manager, 1, "100.00", number="F-2"))
    told.take("reported")
    with pytest.raises(OutOfOrder, match=r"500\.00 EUR of its advances are not cleared"):
        actions.accept_report(report_of(told.voucher), by=told.officer)


def test_postgresql_clears_no_more_than_was_advanced():
    told = told_of("cluster", share="20")
    advance = paid_by_the_bank(advanced(told, "1000.00"), told)
    found = reimbursed(told, told.manager, 0, "1400.00")
    actions.verify_claim(found, by=told.officer)
    with pytest.raises(IntegrityError, match="no more is cleared"), transaction.atomic():
        Clearing.objects.create(claim=found, advance=advance, amount=D("1000.01"))
    # And what is cleared is entered in the books with it.
    with pytest.raises(IntegrityError, match="stands in the ledger"), transaction.atomic():
        behind_the_books(found, advance)


def behind_the_books(found, advance):
    """Cleared without its entry; looked at as at the end of the transaction."""
    Clearing.objects.create(claim=found, advance=advance, amount=D("1000.00"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_is_not_cleared_keeps_the_voucher_open_until_it_is_demanded_back():
    told = told_of("cluster", share="20")
    advance = paid_by_the_bank(advanced(told, "1000.00"), told)
    assert out_of(told.voucher) == D("1000.00")
    wrong = found_wrong_of(advance, "1000.01")
    with pytest.raises(Refused, match=r"1,000\.00 EUR of the advance are not cleared"):
        recoveries.propose_correction(advance, wrong, by=told.cast.finance[0])
    proposed = recoveries.propose_correction(
        advance, found_wrong_of(advance, "1000.00"), by=told.cast.finance[0]
    )
    recoveries.decide_correction(proposed, by=told.cast.coordinators[0])
    held = held_by(told.voucher)
    assert (held["advanced"], held["receivable"]) == (0, D("1000.00"))
    assert out_of(told.voucher) == 0
    the_books_hold()


def found_wrong_of(advance, amount):
    return CorrectionTyped(
        body="coordinator",
        letter="COORD/2026/3",
        letter_on=today_there(),
        reason="The provider was not paid.",
        lines={},
        demanded=D(amount),
    )


def test_a_partner_that_pays_is_paid_back_and_another_officer_controls():
    told = told_of("partner")
    partner = told.voucher.award.application.country.partner
    with pytest.raises(NotAllowed):
        reimbursed(told, told.manager, 0, "3000.00")
    other = person(role=Role.OFFICER, country=told.country)
    asked = reimbursed(told, told.officer, 0, "3000.00")
    with pytest.raises(NotAllowed):
        actions.verify_claim(asked, by=told.officer)
    actions.verify_claim(asked, by=other)
    found = actions.approve_claim(asked, by=told.cast.coordinators[0])
    assert (found.way, found.payee) == ("partner", partner)
    assert order_of(found, told.cast).bank_details == partner.bank_accounts.get()
    the_books_hold()


def test_postgresql_refuses_another_payee_another_tranche_and_a_missing_proof():
    told = told_of("cluster", share="40")
    found = reimbursed(told, told.manager, 0, "100.00")
    for changed in (
        {"way": "provider", "cluster": None},
        {"cluster": None},
        {"way": "partner"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.create(**{**as_it_is(found), **changed})
    with pytest.raises(IntegrityError, match="no more is advanced"), transaction.atomic():
        Claim.objects.create(
            **{**as_it_is(found), "is_advance": True, "amount": D("2000.01")},
        )
    kept = {
        name: getattr(found.invoices.get(), name)
        for name in ("claim", "provider", "invoiced_on", "currency", "net", "vat", "total", "file")
    }
    with pytest.raises(IntegrityError, match="hands in"), transaction.atomic():
        Invoice.objects.create(**kept, number="X", key="X")


def as_it_is(claim):
    return {
        "voucher": claim.voucher,
        "number": claim.number + 1,
        "provider": claim.provider,
        "way": claim.way,
        "cluster": claim.cluster,
        "invoice_numbers": "ADV-9",
        "amount": D("10.00"),
        "submitted_by": claim.submitted_by,
    }


def test_the_way_of_an_open_call_never_changes():
    told = told_of("cluster", until="")
    calls = Call.objects.filter(pk=told.voucher.award.application.call_id)
    for changed in ({"way_of_use": "provider"}, {"advance_share": D(5)}):
        with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
            calls.update(**changed)


def test_the_pages_say_who_is_paid_and_what_is_handed_in(client):
    told = told_of("cluster", share="40")
    log_in(client, told.manager)
    voucher = client.get(told.voucher.get_absolute_url()).content.decode()
    assert "The cluster pays the provider’s invoices" in voucher
    assert "the proof that the cluster paid it" in voucher
    write = client.get(reverse("payments:submit", args=[told.voucher.pk])).content.decode()
    assert "Proof of payment" in write
    address = reverse("payments:advance", args=[told.voucher.pk])
    answer = client.post(address, {"amount": "2500"})
    assert "2,000.00 EUR can be advanced" in str(answer.context["form"].errors)
    answer = client.post(address, {"amount": "1500"}, follow=True)
    assert answer.context["claim"].is_advance
    log_in(client, told.officer)
    found = Claim.objects.get(is_advance=True)
    assert client.post(reverse("payments:verify", args=[found.pk])).status_code == 302
    # It has no invoices, and nothing is said of any.
    for reader in (told.manager, told.officer, *told.cast.coordinators[:1], *told.cast.finance[:1]):
        answer = log_in(client, reader).get(found.get_absolute_url())
        page = " ".join(answer.content.decode().split())
        assert "<h1>Advance <bdi" in page
        assert "Every invoice lies within" not in page
        assert "What was found of each line" not in page
