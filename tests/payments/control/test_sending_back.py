"""An approver sends a claim back to its controller, who controls it anew."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import lift_exclusion
from accounts.models import RoleExclusion
from conduct.actions import NotAllowed, OutOfOrder, Refused
from documents.models import Document
from notices.models import Notice
from tests.payments.control.making import (
    CUT,
    approved_in_part,
    cut,
    line_of,
    taken_in,
    two_approve_above,
)
from tests.payments.making import claim, order_of
from tests.payments.ways.making import told_of
from vouchers.books.models import LedgerEntry
from vouchers.calls.models import Call
from vouchers.calls.models.terms.ways import WayOfUse
from vouchers.payments import actions
from vouchers.payments.claims.actions import ask_for_advance
from vouchers.payments.control.models import Control
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.payments.models import Claim
from vouchers.payments.queries import claims_sent_back, claims_to_approve, claims_to_verify

pytestmark = pytest.mark.django_db

LESS = LineFound(deducted=Decimal("20.00"), error_type="evidence", reason="Half a day.")
REASON = "The time sheet is in the annex."


def sent_back(told, **more):
    """A claim of 1,000 of which 120 were deducted and 80 set aside, back with its controller."""
    return actions.send_back(cut(told, **more), reason=REASON, by=told.cast.coordinators[0])


def anew(told, found, line=LESS):
    return actions.verify_claim(
        found,
        by=told.officer,
        found={line_of(found): line},
        reason="Read once more.",
    )


def test_what_is_sent_back_is_controlled_anew_and_the_new_control_counts(delivered):
    found = sent_back(delivered)
    found.refresh_from_db()
    assert (found.state, found.control, found.eligible, found.payable) == (
        *("sent_back", None, None),
        Decimal("1000.00"),
    )
    assert (found.deducted, found.parked, found.verified_by) == (0, 0, None)
    assert not LedgerEntry.objects.filter(source_type="claim").exists()
    found = anew(delivered, found)
    found.refresh_from_db()
    assert (found.state, found.control.number, found.eligible) == ("verified", 2, 980)
    assert (found.deducted, found.parked) == (20, 0)
    # What the first one said is kept.
    first = Control.objects.get(claim=found, number=1)
    assert first.lines.get().deducted == 120
    assert first.sent_back.reason == REASON
    actions.approve_claim(found, by=delivered.cast.coordinators[0])
    assert LedgerEntry.objects.get(kind="approval").amount == 980


def test_it_is_paid_by_the_control_in_force(delivered, milestone):
    found = anew(delivered, sent_back(delivered))
    actions.approve_claim(found, by=delivered.cast.coordinators[0])
    found = Claim.objects.get(pk=found.pk)
    milestone.refresh_from_db()
    assert milestone.claimed == 980
    assert order_of(found, delivered.cast).amount == 980


def test_what_was_deducted_stays_reserved_until_the_claim_is_approved(delivered, milestone):
    """Else another claim would take it, and the control could not be done anew."""
    found = cut(delivered)
    milestone.refresh_from_db()
    assert milestone.claimed == 1000
    actions.approve_claim(found, by=delivered.cast.coordinators[0])
    milestone.refresh_from_db()
    assert milestone.claimed == 880


def test_nor_does_another_milestone_take_it_from_the_voucher_before(twice):
    """Where the call bears a tenth above each milestone."""
    Call.objects.update(claim_tolerance=10)
    cut(twice, found=LESS, amount="3000.00")
    with pytest.raises(Refused, match=r"2,000\.00 EUR of the voucher are left"):
        claim(twice._milestone(1), twice.manager, amount="2020.00", number="F-2")
    actions.approve_claim(Claim.objects.get(), by=twice.cast.coordinators[0])
    assert claim(twice._milestone(1), twice.manager, amount="2020.00", number="F-2")


def test_approvals_of_the_former_control_count_no_more_and_who_gave_them_is_told(delivered):
    two_approve_above(delivered, "500")
    found = cut(delivered)
    one, other = delivered.cast.coordinators
    actions.approve_claim(found, by=one)
    found = actions.send_back(found, reason=REASON, by=other)
    told = Notice.objects.filter(kind="claim-sent-back")
    assert {notice.recipient for notice in told} == {delivered.officer, one}
    found = anew(delivered, found)
    told = Notice.objects.filter(kind="claim-controlled-anew")
    assert {notice.recipient for notice in told} == {one, other}
    found = Claim.objects.get(pk=found.pk)
    assert found.approvals_given == []
    assert list(claims_to_approve(one)) == [found]
    # Who approved the former control may approve this one; both are needed again.
    assert actions.approve_claim(found, by=one).state == "verified"
    assert actions.approve_claim(found, by=other).state == "approved"


def test_who_approved_first_may_think_again(delivered):
    two_approve_above(delivered, "500")
    found = cut(delivered)
    one = delivered.cast.coordinators[0]
    actions.approve_claim(found, by=one)
    assert actions.send_back(found, reason=REASON, by=one).state == "sent_back"


def test_who_made_any_control_approves_none_and_who_approved_one_makes_none(delivered):
    two_approve_above(delivered, "500")
    lift_exclusion(
        RoleExclusion.objects.get(lifted_at=None),
        by=delivered.cast.coordinators[1],
        reason="A small team.",
    )
    one, other = delivered.cast.coordinators
    delivered.officer.role_grants.create(role="coordinator")
    one.role_grants.create(role="officer", country_code="LB")
    officer = type(delivered.officer).objects.get(pk=delivered.officer.pk)
    both = type(one).objects.get(pk=one.pk)
    found = cut(delivered)
    with pytest.raises(NotAllowed):
        actions.send_back(found, reason=REASON, by=officer)
    actions.approve_claim(found, by=both)
    found = actions.send_back(found, reason=REASON, by=other)
    # Who may not is not asked: the desk is for what somebody can do.
    assert list(claims_sent_back(delivered.officer)) == [found]
    assert not claims_sent_back(both).exists()
    with pytest.raises(NotAllowed):
        actions.verify_claim(found, by=both, reason="Mine.")
    other.role_grants.create(role="officer", country_code="LB")
    third = type(other).objects.get(pk=other.pk)
    found = actions.verify_claim(found, by=third, reason="Read once more.")
    asked = Notice.objects.filter(kind="claim-controlled-anew")
    assert [notice.recipient for notice in asked] == [one]
    # The officer made the first control, another person the second.
    with pytest.raises(NotAllowed):
        actions.approve_claim(found, by=officer)
    assert not claims_to_approve(officer).exists()
    with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
        found.approvals.create(number=1, control=found.control, person=officer)
    assert actions.approve_claim(found, by=both).state == "verified"
    halves = Notice.objects.filter(kind="claim-half-approved")
    assert [notice.recipient for notice in halves] == [other]


def test_it_is_sent_back_for_a_reason_before_it_is_approved(delivered):
    found = cut(delivered)
    one = delivered.cast.coordinators[0]
    with pytest.raises(Refused, match="Say why"):
        actions.send_back(found, reason=" ", by=one)
    with pytest.raises(NotAllowed):
        actions.send_back(found, reason=REASON, by=delivered.officer)
    with pytest.raises(Refused, match="line of this claim"):
        actions.send_back(found, reason=REASON, remarks={0: "Which?"}, by=one)
    actions.approve_claim(found, by=one)
    with pytest.raises(OutOfOrder):
        actions.send_back(found, reason=REASON, by=one)


def test_the_next_control_says_what_was_changed(delivered):
    found = sent_back(delivered)
    with pytest.raises(Refused, match="what you changed") as refusal:
        actions.verify_claim(found, by=delivered.officer)
    assert refusal.value.field == "changes"


def test_a_part_that_was_set_aside_is_returned_instead(delivered):
    further = taken_in(delivered, approved_in_part(delivered))
    with pytest.raises(OutOfOrder, match="is returned"):
        actions.send_back(further, reason=REASON, by=delivered.cast.coordinators[0])


def test_what_was_set_aside_by_the_new_control_is_taken_in_as_ever(delivered):
    found = anew(delivered, sent_back(delivered), CUT)
    actions.approve_claim(found, by=delivered.cast.coordinators[0])
    further = taken_in(delivered, Claim.objects.get(pk=found.pk))
    assert (further.amount, further.control.number) == (80, 3)
    assert actions.approve_claim(further, by=delivered.cast.coordinators[0]).state == "approved"
    found.refresh_from_db()
    assert (found.parked, found.control.number) == (0, 2)


def test_it_may_be_returned_or_rejected_while_it_is_controlled_anew(delivered):
    found = sent_back(delivered)
    assert list(claims_sent_back(delivered.officer)) == [found]
    assert not claims_to_verify(delivered.officer).exists()
    assert not claims_sent_back(delivered.cast.officer("MA")).exists()
    found = actions.return_claim(
        found, reason="The invoice is of another firm.", by=delivered.officer
    )
    assert found.state == "returned"
    # And claimed anew.
    again = claim(delivered._milestone(0), delivered.manager, amount="900.00", number="F-9")
    assert again.state == "submitted"


def test_the_certificate_is_of_the_control_in_force(delivered):
    found = sent_back(delivered)
    first = Document.objects.filter(kind="control", validity="withdrawn")
    assert first.count() == 3
    assert {one.withdrawal_reason for one in first} == {REASON}
    anew(delivered, found)
    standing = Document.objects.filter(kind="control", validity="current")
    assert {one.reference[-2:] for one in standing} == {"K2"}
    said = standing.first().facts["anew"]
    assert (said["number"], said["reason"], said["changes"]) == (1, REASON, "Read once more.")


def test_an_advance_is_sent_back_too():
    """It has no lines: its officer decides anew."""
    told = told_of(WayOfUse.CLUSTER, share="50")
    asked = ask_for_advance(told.voucher, amount=Decimal("1500.00"), by=told.manager)
    found = actions.verify_claim(asked, by=told.officer)
    found = actions.send_back(found, reason=REASON, by=told.cast.coordinators[0])
    found = actions.verify_claim(found, by=told.officer, reason="It is needed now.")
    assert (found.state, found.control.number, found.eligible) == ("verified", 2, found.amount)
