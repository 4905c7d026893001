"""From the invoice to the bank's reference, by five people, once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from documents.models import Document
from notices.models import Notice
from tests.making import pdf, today_there, voucher_story
from tests.payments.making import claim, order_of, rate, typed
from tests.people import log_in
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.books.actions import post
from vouchers.books.models import LedgerEntry
from vouchers.payments import actions
from vouchers.payments.batches.actions import record_payment
from vouchers.payments.models import Claim
from vouchers.payments.queries import ledger_of, out_of_balance

pytestmark = pytest.mark.django_db


def test_a_claim_is_paid_by_five_people_and_the_voucher_knows_what_is_left(delivered, milestone):
    cast = delivered.cast
    found = claim(milestone, delivered.manager)
    actions.verify_claim(found, by=delivered.officer)
    actions.approve_claim(found, by=cast.coordinators[0])
    order = order_of(found, cast)
    record_payment(order, paid_on=today_there(), bank_reference="BK1", by=cast.finance[1])
    voucher = Voucher.objects.get(pk=delivered.voucher.pk)
    assert (voucher.approved, voucher.paid, voucher.balance) == (
        Decimal("3000.00"),
        Decimal("3000.00"),
        Decimal("2000.00"),
    )
    assert list(ledger_of(voucher).values_list("kind", "amount")) == [
        ("award", Decimal("5000.00")),
        ("approval", Decimal("3000.00")),
        ("order", Decimal("3000.00")),
        ("booking", Decimal("3000.00")),
    ]
    assert not out_of_balance().exists()
    assert Document.objects.filter(kind="order").count() == 3
    assert Document.objects.filter(kind="payment").count() == 3
    assert Notice.objects.filter(kind="claim-paid", recipient=delivered.manager).count() == 1


@pytest.mark.parametrize(
    ("step", "person"),
    [
        (actions.verify_claim, "manager"),
        (actions.approve_claim, "officer"),
        (actions.approve_claim, "manager"),
    ],
)
def test_nobody_takes_a_step_that_is_not_theirs(delivered, milestone, step, person):
    found = claim(milestone, delivered.manager)
    people = {
        "manager": delivered.manager,
        "officer": delivered.officer,
        "coordinator": delivered.cast.coordinators[0],
    }
    with pytest.raises(NotAllowed):
        step(found, by=people[person])
    assert Claim.objects.get(pk=found.pk).state == Claim.State.SUBMITTED


def test_who_ordered_a_payment_cannot_record_it(delivered, milestone):
    found = claim(milestone, delivered.manager)
    cast = delivered.cast
    actions.verify_claim(found, by=delivered.officer)
    actions.approve_claim(found, by=cast.coordinators[0])
    order = order_of(found, cast)
    with pytest.raises(NotAllowed, match="no earlier step"):
        record_payment(order, paid_on=today_there(), bank_reference="BK1", by=cast.finance[0])
    assert not LedgerEntry.objects.filter(kind="booking").exists()


def test_the_database_itself_refuses_one_person_for_two_steps(delivered, milestone):
    found = actions.verify_claim(claim(milestone, delivered.manager), by=delivered.officer)
    for person, why in (
        (delivered.manager, "keeps these duties apart"),
        (delivered.officer, "two"),
    ):
        with pytest.raises(IntegrityError, match=why), transaction.atomic():
            found.approvals.create(number=1, person=person)


def test_an_unverified_claim_cannot_be_approved_and_nothing_changes(delivered, milestone):
    found = claim(milestone, delivered.manager)
    with pytest.raises(OutOfOrder, match="submitted"):
        actions.approve_claim(found, by=delivered.cast.coordinators[0])
    assert not LedgerEntry.objects.filter(source_type="claim").exists()
    assert Claim.objects.get(pk=found.pk).approved_by is None


def test_a_milestone_is_claimed_up_to_its_plan(delivered, milestone):
    claim(milestone, delivered.manager)
    with pytest.raises(Refused, match=r"0\.00 EUR of it are left to claim"):
        claim(milestone, delivered.manager, number="F-2")


def test_an_invoice_above_its_milestone_is_refused(delivered, milestone):
    with pytest.raises(Refused, match=r"3,000\.01 EUR"):
        claim(milestone, delivered.manager, amount="3000.01")


def test_nothing_is_claimed_before_the_deliverable_is_accepted():
    told = voucher_story("handed in 0")
    with pytest.raises(OutOfOrder, match="accepted"):
        claim(told._milestone(0), told.manager)


def test_an_invoice_from_before_the_voucher_is_not_eligible(delivered, milestone):
    day = delivered.voucher.valid_from - timedelta(days=1)
    with pytest.raises(Refused, match="outside the validity"):
        claim(milestone, delivered.manager, day=day)


def test_a_foreign_invoice_keeps_its_rate_and_is_rounded_half_up(delivered, milestone):
    day = today_there()
    rate(delivered, "LBP", "104000")
    # 104,000 × 10.005 = 1,040,520 pounds are 10.005 EUR: half a cent goes up.
    found = claim(milestone, delivered.manager, amount="1040520", currency="LBP")
    line = found.lines.get()
    assert (found.amount, line.rate_units_per_euro, line.rate_month) == (
        Decimal("10.01"),
        Decimal("104000"),
        f"{day:%Y-%m}",
    )


def test_without_a_rate_of_its_month_a_foreign_invoice_has_to_wait(delivered, milestone):
    with pytest.raises(Refused, match="exchange rate of MAD"):
        claim(milestone, delivered.manager, amount="100", currency="MAD")


def test_a_returned_claim_can_be_made_anew(delivered, milestone):
    found = claim(milestone, delivered.manager)
    actions.return_claim(found, reason="The date is missing.", by=delivered.officer)
    again = claim(milestone, delivered.manager, number="F-2")
    assert [found.pk, again.pk] == list(Claim.objects.order_by("pk").values_list("pk", flat=True))
    notice = Notice.objects.get(kind="claim-returned")
    assert notice.facts["reason"] == "The date is missing."


def test_an_approval_is_taken_back_by_an_entry_the_other_way(delivered, milestone):
    coordinator = delivered.cast.coordinators[0]
    found = claim(milestone, delivered.manager)
    actions.verify_claim(found, by=delivered.officer)
    actions.approve_claim(found, by=coordinator)
    actions.reverse_approval(found, reason="The invoice names another cluster.", by=coordinator)
    of_claims = LedgerEntry.objects.filter(source_type="claim")
    assert list(of_claims.values_list("kind", "amount", "note")) == [
        ("approval", Decimal("3000.00"), ""),
        ("reversal", Decimal("3000.00"), "The invoice names another cluster."),
    ]
    assert Voucher.objects.get(pk=delivered.voucher.pk).approved == 0
    # A retry finds it, and enters nothing.
    application = delivered.voucher.award.application
    again = post("reversal", found, application=application, amount=found.amount, by=coordinator)
    assert again == of_claims.get(kind="reversal")
    assert of_claims.count() == 2


@pytest.mark.parametrize("write", ["update", "delete"])
def test_the_ledger_is_append_only(delivered, milestone, write):
    found = claim(milestone, delivered.manager)
    actions.verify_claim(found, by=delivered.officer)
    actions.approve_claim(found, by=delivered.cast.coordinators[0])
    entries = LedgerEntry.objects.all()
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        entries.update(amount=1) if write == "update" else entries.delete()


def test_a_mistake_in_the_form_stands_beside_its_field_and_nothing_typed_is_lost(
    client, delivered, milestone
):
    page = log_in(client, delivered.manager).post(
        reverse("payments:submit", args=[delivered.voucher.pk]),
        typed(milestone, invoiced_on="not a day", currency="EUR", net="12"),
    )
    html = page.content.decode()
    assert page.status_code == 200
    assert "error_1_id_invoices-0-invoiced_on" in html
    assert 'value="F-77"' in html
    assert not Claim.objects.exists()


def test_a_refusal_of_the_rules_stands_on_the_form(client, delivered, milestone):
    page = log_in(client, delivered.manager).post(
        reverse("payments:submit", args=[delivered.voucher.pk]),
        typed(milestone, currency="EUR", net="3500"),
    )
    assert "come to 3,500.00 EUR; 3,000.00 EUR of it are left to claim" in page.content.decode()
    assert 'value="F-77"' in page.content.decode()


def test_a_wrong_file_is_refused_in_words(client, delivered, milestone):
    page = log_in(client, delivered.manager).post(
        reverse("payments:submit", args=[delivered.voucher.pk]),
        typed(milestone, currency="EUR", net="35", upload=pdf("invoice.exe")),
    )
    assert "not a file of an accepted type" in page.content.decode()


def test_a_request_out_of_order_is_told_on_the_page_it_came_from(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    address = found.get_absolute_url()
    log_in(client, delivered.cast.coordinators[0])
    answer = client.post(
        reverse("payments:approve", args=[found.pk]), headers={"referer": address}, follow=True
    )
    assert answer.redirect_chain == [(address, 303)]
    assert "cannot be done now" in answer.content.decode()
    assert Claim.objects.get(pk=found.pk).state == Claim.State.SUBMITTED


def test_the_list_of_claims_costs_the_same_however_long(
    client, delivered, milestone, django_assert_num_queries
):
    claim(milestone, delivered.manager)
    log_in(client, delivered.cast.coordinators[0])
    client.get(reverse("payments:claim_list"))
    # Among them the countries that the list can be narrowed to.
    with django_assert_num_queries(11):
        client.get(reverse("payments:claim_list"))
    for number in range(3):
        actions.return_claim(Claim.objects.latest("pk"), reason="Again.", by=delivered.officer)
        claim(milestone, delivered.manager, number=f"G-{number}")
    # Among them the countries that the list can be narrowed to.
    with django_assert_num_queries(11):
        page = client.get(reverse("payments:claim_list"))
    assert page.content.decode().count("<tr>") == 5


def test_only_all_paid_closes_the_voucher():
    told = voucher_story("accepted 1")
    told._report()
    report = told.voucher.final_report
    with pytest.raises(OutOfOrder, match="not paid yet"):
        actions.accept_report(report, by=told.officer)
    assert Voucher.objects.get(pk=told.voucher.pk).state == Voucher.State.ACTIVE


def test_a_whole_voucher_ends_closed_with_its_certificate():
    told = voucher_story("closed")
    voucher = told.voucher
    assert (voucher.state, voucher.paid, voucher.balance) == ("closed", voucher.amount, 0)
    assert Document.objects.filter(kind="completion").count() == 3
    assert Milestone.objects.filter(claim_lines__claim__state="paid").count() == 2
