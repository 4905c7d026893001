"""A claim is controlled line by line; what is set aside is decided on later, by itself."""

from decimal import Decimal

import pytest

from conduct.actions import NotAllowed, OutOfOrder, Refused
from documents.models import Document
from notices.models import Notice
from tests.payments.control.making import (
    CUT,
    approved_in_part,
    cut,
    line_of,
    taken_in,
)
from tests.payments.making import claim, invoice, line, order_of, rate
from tests.payments.paying import record
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerEntry
from vouchers.calls.models import Call
from vouchers.endings.queries.money import to_release
from vouchers.payments import actions
from vouchers.payments.actions import CheckAnswer
from vouchers.payments.claims.actions import submit_claim
from vouchers.payments.control.actions import write_checklist
from vouchers.payments.control.letters import control_facts
from vouchers.payments.control.queries import controls_of
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.payments.models import Claim
from vouchers.payments.queries import out_of_balance

pytestmark = pytest.mark.django_db


def sums(claim):
    claim.refresh_from_db()
    return claim.amount, claim.eligible, claim.deducted, claim.parked


def euros(*amounts):
    return tuple(Decimal(amount) for amount in amounts)


# --- 1,000 declared, 120 deducted, 80 set aside and later taken in ---------------------------------
def test_a_thousand_of_which_120_are_deducted_and_80_set_aside_and_taken_in_later(delivered):
    found = approved_in_part(delivered)
    assert sums(found) == euros(1000, 800, 120, 80)
    assert LedgerEntry.objects.get(kind="approval").amount == 800
    voucher = Voucher.objects.get(pk=delivered.voucher.pk)
    assert (voucher.approved, voucher.balance) == euros(800, 4200)
    # What was deducted is free again, what is set aside is not.
    milestone = delivered._milestone(0)
    assert milestone.claimed == 880
    with pytest.raises(Refused, match=r"2,120\.00 EUR of it are left"):
        claim(milestone, delivered.manager, amount="2120.01", number="F-2")

    order = order_of(found, delivered.cast)
    assert order.amount == 800
    record(order, delivered)
    further = taken_in(delivered, found)
    assert (further.continues, further.state, further.number) == (found, "verified", 2)
    assert sums(further) == euros(80, 80, 0, 0)
    assert sums(found) == euros(1000, 800, 120, 0)
    assert delivered._milestone(0).claimed == 880
    with pytest.raises(NotAllowed):
        actions.approve_claim(further, by=delivered.officer)
    actions.approve_claim(further, by=delivered.cast.coordinators[0])
    record(order_of(further, delivered.cast), delivered, bank_reference="BK2")
    voucher.refresh_from_db()
    assert (voucher.approved, voucher.paid) == euros(880, 880)
    assert [read.eligible for read in controls_of(found)] == [800, 880]
    assert not out_of_balance().exists()


def test_what_is_set_aside_may_be_refused_in_part_and_the_rest_taken_in(delivered):
    found = approved_in_part(delivered)
    actions.refuse_parked(
        found,
        {line_of(found): Decimal("30.00")},
        error_type="period",
        reason="The ticket is of another day.",
        by=delivered.officer,
    )
    assert sums(found) == euros(1000, 800, 150, 50)
    assert delivered._milestone(0).claimed == 850
    assert Notice.objects.get(kind="claim-parked-refused").recipient == delivered.manager
    further = taken_in(delivered, found, "50.00")
    assert further.amount == 50
    stands = controls_of(found)[-1].lines[0]
    assert (stands.eligible, stands.deducted, stands.parked) == euros(850, 150, 0)
    assert stands.error_type == "evidence"
    with pytest.raises(OutOfOrder, match="still waits for its approval"):
        taken_in(delivered, found, "1.00")


def test_a_part_that_is_not_approved_is_set_aside_again(delivered):
    found = approved_in_part(delivered)
    further = taken_in(delivered, found)
    with pytest.raises(OutOfOrder, match="is returned; refuse it"):
        actions.reject_claim(further, reason="No.", by=delivered.cast.coordinators[0])
    actions.return_claim(further, reason="Which ticket?", by=delivered.cast.coordinators[0])
    assert sums(found) == euros(1000, 800, 120, 80)
    assert Notice.objects.get(kind="claim-part-returned").recipient == delivered.officer
    assert not Notice.objects.filter(kind="claim-returned").exists()
    assert [read.counts for read in controls_of(found)] == [True, False]
    again = taken_in(delivered, found, "20.00")
    assert (again.number, again.amount) == (3, 20)
    assert sums(found)[3] == 60


def test_an_approval_is_not_reversed_while_what_was_set_aside_is_decided_on(delivered):
    found = approved_in_part(delivered)
    further = taken_in(delivered, found)
    coordinator = delivered.cast.coordinators[0]
    with pytest.raises(Refused, match="give that back first"):
        actions.reverse_approval(found, reason="Wrong.", by=coordinator)
    assert not LedgerEntry.objects.filter(kind="reversal").exists()
    actions.return_claim(further, reason="Wrong.", by=coordinator)
    actions.reverse_approval(found, reason="Wrong.", by=coordinator)
    found.refresh_from_db()
    assert found.state == Claim.State.RETURNED
    assert delivered._milestone(0).claimed == 0
    assert not out_of_balance().exists()


def test_a_part_in_dinars_keeps_the_rate_of_its_line(delivered):
    rate(delivered, "TND", "3.3801")
    asked = invoice(
        delivered.voucher,
        delivered.manager,
        line(delivered._milestone(0), "3000.000"),
        currency="TND",
    )
    found = submit_claim(delivered.voucher, invoices=[asked], by=delivered.manager)
    parked = LineFound(parked=Decimal("87.55"), park_reason="One day is not proven yet.")
    actions.verify_claim(found, by=delivered.officer, found={line_of(found): parked})
    actions.approve_claim(found, by=delivered.cast.coordinators[0])
    assert LedgerEntry.objects.get(kind="approval").amount == 800
    part = taken_in(delivered, found, "87.55").lines.get()
    assert (part.declared, part.amount) == (Decimal("295.928"), Decimal("87.55"))
    assert part.rate_units_per_euro == Decimal("3.3801")


def test_what_is_set_aside_stays_reserved_when_a_voucher_ends(delivered):
    approved_in_part(delivered)
    voucher = Voucher.objects.get(pk=delivered.voucher.pk)
    assert to_release(voucher, but_payable=False) == 5000 - 800 - 80
    taken_in(delivered, Claim.objects.get())
    assert to_release(voucher, but_payable=False) == 5000 - 800 - 80


# --- What is refused -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("found", "field", "sentence"),
    [
        (LineFound(deducted=Decimal(-1)), "deducted", "zero or more"),
        (LineFound(deducted=Decimal("1.005")), "deducted", "two decimals"),
        (LineFound(deducted=Decimal(900), parked=Decimal(101)), "parked", "more than the line"),
        (LineFound(deducted=Decimal(1), reason="x"), "error_type", "Choose the type"),
        (LineFound(deducted=Decimal(1), error_type="mood", reason="x"), "error_type", "list"),
        (LineFound(deducted=Decimal(1), error_type="vat", reason=" "), "reason", "Say why"),
        (LineFound(error_type="vat", reason="x"), "deducted", "how much is deducted"),
        (LineFound(parked=Decimal(1)), "park_reason", "Say why"),
        (LineFound(park_reason="x"), "parked", "how much is set aside"),
    ],
)
def test_what_cannot_be_of_a_line_is_refused_beside_its_box(delivered, found, field, sentence):
    asked = claim(delivered._milestone(0), delivered.manager, amount="1000.00")
    with pytest.raises(Refused, match=sentence) as refusal:
        actions.verify_claim(asked, by=delivered.officer, found={line_of(asked): found})
    beside = f"line-{line_of(asked)}-{field}"
    assert refusal.value.field in (beside, f"line-{line_of(asked)}-error_type")
    asked.refresh_from_db()
    assert (asked.state, asked.controls.count()) == ("submitted", 0)


def test_a_claim_of_which_nothing_is_eligible_is_returned_or_rejected_instead(delivered):
    with pytest.raises(Refused, match="Nothing would be eligible"):
        cut(delivered, found=LineFound(Decimal(1000), "vat", "All of it."))


def test_a_type_of_error_that_the_call_does_not_use_is_refused(delivered):
    Call.objects.update(error_types=["vat"])
    with pytest.raises(Refused, match="of the call’s list"):
        cut(delivered)


def test_a_sample_says_why(delivered):
    sampled = LineFound(sampled=True)
    with pytest.raises(Refused, match="looked at in depth") as refusal:
        cut(delivered, found=sampled)
    assert refusal.value.field == "sample_reason"


@pytest.mark.parametrize("amount", ["80.01", "-1", "0.005"])
def test_more_than_is_set_aside_is_not_decided_on(delivered, amount):
    found = approved_in_part(delivered)
    with pytest.raises(Refused, match=r"80\.00 EUR of this line are set aside"):
        taken_in(delivered, found, amount)


def test_a_line_of_another_claim_is_not_decided_on_along_with_its_own(delivered):
    found = approved_in_part(delivered)
    own, officer = line_of(found), delivered.officer
    for amounts in ({own: Decimal("80.00"), own + 1: Decimal("1.00")}, {}, {own: Decimal(0)}):
        with pytest.raises(Refused, match="Write how much of a line"):
            actions.take_in_parked(found, amounts, reason="The ticket has come.", by=officer)
    assert sums(found)[3] == 80


def test_what_is_not_named_of_the_lines_stays_set_aside(delivered):
    milestone, manager = delivered._milestone(0), delivered.manager
    lines = [line(milestone, "500.00", "Days"), line(milestone, "300.00", "Travel")]
    typed = invoice(delivered.voucher, manager, *lines)
    asked = submit_claim(delivered.voucher, invoices=[typed], by=manager)
    first, second = asked.lines.order_by("pk").values_list("pk", flat=True)
    aside = LineFound(parked=Decimal("10.00"), park_reason="The ticket is to follow.")
    actions.verify_claim(asked, by=delivered.officer, found={first: aside, second: aside})
    actions.approve_claim(asked, by=delivered.cast.coordinators[0])
    actions.refuse_parked(
        asked,
        {second: Decimal("4.00")},
        error_type="evidence",
        reason="No ticket.",
        by=delivered.officer,
    )
    assert sums(asked) == euros(800, 780, 4, 16)
    further = actions.take_in_parked(
        asked, {first: Decimal("10.00")}, reason="It has come.", by=delivered.officer
    )
    assert (further.amount, sums(asked)[3]) == euros(10, 6)
    # Coordinators are asked at each step that needs them; each control has its certificate.
    for one in delivered.cast.coordinators:
        asked_of = Notice.objects.filter(kind="claim-verified", recipient=one)
        assert asked_of.count() == 2
    certified = Document.objects.filter(kind="control", language="en")
    reference = delivered.voucher.reference
    assert {one.reference for one in certified} == {f"{reference}-C1-K{n}" for n in (1, 2, 3)}


def test_what_is_set_aside_is_decided_on_once_the_claim_is_approved(delivered):
    with pytest.raises(OutOfOrder):
        taken_in(delivered, cut(delivered))


# --- The checklist, and the certificate ------------------------------------------------------------
def test_a_control_answers_the_checklist_and_keeps_its_version(delivered):
    call = delivered.voucher.award.application.call
    coordinator = delivered.cast.coordinators[0]
    question = {"en": "Is it signed?", "fr": "Est-ce signé ?", "ar": "هل هو موقّع؟"}
    write_checklist(call, [question], by=coordinator)
    asked = claim(delivered._milestone(0), delivered.manager, amount="1000.00")

    def control(*answers):
        return actions.verify_claim(asked, by=delivered.officer, answers=answers)

    with pytest.raises(Refused, match="answer its questions again"):
        control()
    with pytest.raises(Refused, match="Say what is missing") as refusal:
        control(CheckAnswer("no"))
    assert refusal.value.field == "answer-0-remark"
    control(CheckAnswer("no", "By nobody."))
    write_checklist(call, [question, question], by=coordinator)
    (read,) = controls_of(asked)
    assert read.control.checklist.number == 1
    assert read.answers == [("Is it signed?", "no", "By nobody.")]


def test_the_certificate_is_in_three_languages_and_says_what_was_found(delivered):
    found = cut(delivered)
    letters = Document.objects.filter(kind="control")
    assert {one.language for one in letters} == {"en", "fr", "ar"}
    assert {one.reference for one in letters} == {f"{delivered.voucher.reference}-C1-K1"}
    facts = control_facts(found.controls.get())
    assert (facts["eligible"], facts["deducted"], facts["parked"]) == ("800.00", "120.00", "80.00")
    assert facts["found"][0]["reason"] == CUT.reason
    assert facts["controlled_by"] == str(delivered.officer)
    assert facts["ledger"]["seal"]


def test_the_cluster_is_told_what_was_cut_when_it_is_approved(delivered):
    found = cut(delivered)
    assert not Notice.objects.filter(kind="claim-cut").exists()
    actions.approve_claim(found, by=delivered.cast.coordinators[0])
    assert Notice.objects.get(kind="claim-cut").recipient == delivered.manager
