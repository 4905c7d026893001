"""Claims of many lines: several invoices for a milestone, and one invoice over several."""

from datetime import timedelta
from decimal import Decimal

import pytest

from conduct.actions import NotAllowed, OutOfOrder, Refused
from tests.making import today_there
from tests.payments.making import claim, invoice, line, paid, rate
from tests.payments.test_invoices import two_vouchers
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call
from vouchers.payments import actions
from vouchers.payments.claims.actions import submit_claim
from vouchers.payments.claims.queries import checks_on
from vouchers.payments.models import Claim, Invoice
from vouchers.payments.queries import account_for, lines_of, out_of_balance, unpaid_milestones

pytestmark = pytest.mark.django_db


def submit(told, *asked):
    return submit_claim(told.voucher, invoices=asked, by=told.manager)


def tolerate(told, per_cent):
    Call.objects.filter(pk=told.voucher.award.application.call_id).update(claim_tolerance=per_cent)
    told.voucher.refresh_from_db()


# --- Several of each ------------------------------------------------------------------------------
def test_two_invoices_for_one_milestone_and_one_over_two(twice):
    first, second = twice._milestone(0), twice._milestone(1)
    rate(twice, "TND", "3.35")
    found = submit(
        twice,
        invoice(twice.voucher, twice.manager, line(first, "1000.00"), number="F-1"),
        invoice(
            twice.voucher,
            twice.manager,
            line(first, "33.501", "Interpreter"),
            line(second, "335.000"),
            number="F-2",
            currency="TND",
        ),
    )
    assert [(one.invoice.number, one.milestone, one.amount) for one in lines_of(found)] == [
        ("F-1", first, Decimal("1000.00")),
        ("F-2", first, Decimal("10.00")),
        ("F-2", second, Decimal("100.00")),
    ]
    assert (found.amount, found.invoice_numbers, found.number) == (
        Decimal("1110.00"),
        "F-1, F-2",
        1,
    )
    for milestone, claimed in ((first, "1010.00"), (second, "100.00")):
        milestone.refresh_from_db()
        assert milestone.claimed == Decimal(claimed)
    assert [one.claimed for one in found.invoices.all()] == [Decimal("1000"), Decimal("368.501")]


def test_the_rate_of_each_line_is_that_of_the_month_of_its_invoice(twice):
    """The worked example of the programme: 3,000.000 dinars at the rate of the invoice's month."""
    day = twice.voucher.valid_from
    rate(twice, "TND", "3.3801", month=f"{day:%Y-%m}")
    asked = invoice(
        twice.voucher, twice.manager, line(twice._milestone(0), "3000.000"), currency="TND", day=day
    )
    found = submit(twice, asked)
    assert found.amount == Decimal("887.55")
    assert found.lines.get().rate_month == f"{day:%Y-%m}"


def test_a_milestone_is_claimed_in_parts_over_several_claims(twice):
    first = twice._milestone(0)
    paid(twice, first, number="F-1", amount="1000.00")
    assert first not in unpaid_milestones(twice.voucher)
    again = claim(first, twice.manager, number="F-2", amount="2000.00")
    assert again.number == 2
    # What is under way is waited for.
    assert first in unpaid_milestones(twice.voucher)
    with pytest.raises(Refused, match=r"0\.00 EUR of it are left"):
        claim(first, twice.manager, number="F-3", amount="0.01")
    assert not out_of_balance().exists()


def test_the_call_bears_a_share_above_the_plan_but_never_above_the_voucher(twice):
    first, second = twice._milestone(0), twice._milestone(1)
    tolerate(twice, "1.00")
    claim(first, twice.manager, number="F-1", amount="3030.00")
    with pytest.raises(Refused, match=r"0\.00 EUR of it are left"):
        claim(first, twice.manager, number="F-2", amount="0.01")
    with pytest.raises(Refused, match=r"1,970\.00 EUR of the voucher are left"):
        claim(second, twice.manager, number="F-2", amount="1970.01")
    found = claim(second, twice.manager, number="F-2", amount="1970.00")
    over = [
        check.text
        for check in checks_on(found, lines_of(found), account_for(found))
        if not check.is_good
    ]
    assert not any("1,970" in text for text in over)
    above = Claim.objects.get(number=1)
    texts = [
        check.text
        for check in checks_on(above, lines_of(above), account_for(above))
        if not check.is_good
    ]
    assert any("3,030.00 EUR are claimed, 3,000.00 EUR are planned" in text for text in texts)


# --- What is refused ------------------------------------------------------------------------------
def refused(told, *asked):
    with pytest.raises(Refused) as found:
        submit(told, *asked)
    assert not Claim.objects.exists()
    return found.value


def test_vat_that_can_be_recovered_is_not_paid(twice):
    def asked(amount, rule, vat="190.00"):
        return invoice(
            twice.voucher,
            twice.manager,
            line(twice._milestone(0), amount),
            total="1190.00",
            vat=Decimal(vat),
            vat_rule=rule,
        )

    refusal = refused(twice, asked("1190.00", "recovered"))
    assert "VAT that can be recovered is not paid: at most 1,000.00 EUR" in str(refusal)
    assert refusal.field == "invoices-0-lines-0-declared"
    assert refused(twice, asked("1000.00", "none")).field == "invoices-0-vat_rule"
    assert refused(twice, asked("1000.00", "recovered", "0")).field == "invoices-0-vat"
    assert submit(twice, asked("1190.00", "cost")).amount == Decimal("1190.00")


def test_a_claim_of_recoverable_vat_comes_to_the_net(twice):
    asked = invoice(
        twice.voucher,
        twice.manager,
        line(twice._milestone(0), "1000.00"),
        total="1190.00",
        vat=Decimal("190.00"),
        vat_rule="recovered",
    )
    assert submit(twice, asked).invoices.get().claimable == Decimal("1000.000")


def test_the_same_invoice_stands_once_in_a_claim_however_it_is_spelt(twice):
    first, second = twice._milestone(0), twice._milestone(1)
    refusal = refused(
        twice,
        invoice(twice.voucher, twice.manager, line(first, "10.00"), number="INV 12"),
        invoice(twice.voucher, twice.manager, line(second, "10.00"), number="inv-١٢"),
    )
    assert refusal.field == "invoices-1-number"
    assert "stands above already" in str(refusal)


def test_without_a_line_nothing_is_claimed(twice):
    assert "needs a line" in str(refused(twice))
    assert "needs a line" in str(refused(twice, invoice(twice.voucher, twice.manager, total="5")))


def test_a_hundred_lines_are_taken_and_one_more_is_refused(twice):
    first = twice._milestone(0)
    many = [line(first, "1.00")] * 100
    refusal = refused(twice, invoice(twice.voucher, twice.manager, *many, line(first, "1.00")))
    assert "at most 100 lines" in str(refusal)
    found = submit(twice, invoice(twice.voucher, twice.manager, *many))
    assert (found.lines.count(), found.amount) == (100, Decimal("100.00"))


def test_a_milestone_that_is_not_accepted_or_of_another_voucher_is_refused(delivered):
    other = delivered._milestone(1)
    asked = invoice(delivered.voucher, delivered.manager, line(other, "10.00"))
    with pytest.raises(OutOfOrder, match="accepted its deliverable"):
        submit(delivered, asked)


def test_a_milestone_and_a_file_of_another_voucher_are_none():
    told, other = two_vouchers()
    asked = invoice(told.voucher, told.manager, line(other._milestone(0), "10.00"))
    assert refused(told, asked).field == "invoices-0-lines-0-milestone"
    asked = invoice(other.voucher, other.manager, line(told._milestone(0), "10.00"))
    assert refused(told, asked).field == "invoices-0-upload"


# --- Rejected -------------------------------------------------------------------------------------
def test_what_is_rejected_stays_so_its_invoice_too_and_its_money_is_free_for_another(twice):
    first = twice._milestone(0)
    found = claim(first, twice.manager, number="INV 12")
    with pytest.raises(NotAllowed):
        actions.reject_claim(found, reason="Forged.", by=twice.cast.coordinators[0])
    with pytest.raises(Refused, match="Say why you reject it"):
        actions.reject_claim(found, reason=" ", by=twice.officer)
    found = actions.reject_claim(found, reason="Forged.", by=twice.officer)
    assert (found.state, found.reject_reason, found.rejected_by) == (
        "rejected",
        "Forged.",
        twice.officer,
    )
    voucher = Voucher.objects.get(pk=twice.voucher.pk)
    assert (voucher.approved, voucher.balance, voucher.released) == (0, Decimal("5000.00"), 0)
    with pytest.raises(Refused, match="rejected for good"):
        claim(first, twice.manager, number="inv12")
    assert claim(first, twice.manager, number="INV 13").state == "submitted"
    with pytest.raises(OutOfOrder):
        actions.reject_claim(found, reason="Again.", by=twice.officer)


def test_a_coordinator_rejects_what_is_verified_and_nobody_what_is_approved(delivered, milestone):
    coordinator = delivered.cast.coordinators[0]
    found = claim(milestone, delivered.manager)
    actions.verify_claim(found, by=delivered.officer)
    with pytest.raises(NotAllowed):
        actions.reject_claim(found, reason="No.", by=delivered.officer)
    actions.approve_claim(found, by=coordinator)
    with pytest.raises(OutOfOrder):
        actions.reject_claim(found, reason="No.", by=coordinator)


# --- Checks ---------------------------------------------------------------------------------------
def test_readers_see_what_needs_a_look(delivered, milestone):
    found = claim(milestone, delivered.manager)
    checks = checks_on(found, lines_of(found), account_for(found))
    assert any("delivered, and accepted by cluster and partner" in one.text for one in checks)
    Voucher.objects.filter(pk=found.voucher_id).update(
        valid_until=today_there() - timedelta(days=1)
    )
    found = Claim.objects.get(pk=found.pk)
    (first, *_rest) = checks_on(found, lines_of(found), account_for(found))
    assert not first.is_good
    assert "lies outside the time of the voucher" in first.text
    assert Invoice.objects.count() == 1
