"""How many approve follows from the sum, who may from the policy of separations."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import lift_exclusion
from accounts.models import RoleExclusion
from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.story.paying import proposed
from notices.models import Notice
from tests.making import today_there
from tests.payments.control.making import (
    approved_in_part,
    cut,
    policy_without,
    taken_in,
    two_approve_above,
)
from tests.payments.making import approved, claim, order_of
from vouchers.books.models import LedgerEntry
from vouchers.payments import actions
from vouchers.payments.batches.actions import authorise_batch, record_payment
from vouchers.payments.control.actions import confirm_policy, drop_policy, propose_policy
from vouchers.payments.control.models import SeparationPolicy
from vouchers.payments.control.queries import policy_in_force
from vouchers.payments.control.rules.separations import (
    FLOOR,
    PAIRS,
    USUAL,
    Duty,
    kept_from,
    pair,
)
from vouchers.payments.control.rules.splitting import approvals_for

pytestmark = pytest.mark.django_db


# --- By amount -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "two", "three", "needed"),
    [
        ("99999", None, None, 1),
        ("1000", "1000", None, 1),
        ("1000.01", "1000", None, 2),
        ("3000", "1000", "3000", 2),
        ("3000.01", "1000", "3000", 3),
    ],
)
def test_how_many_approve_a_sum(amount, two, three, needed):
    limits = [Decimal(one) if one else None for one in (two, three)]
    assert approvals_for(Decimal(amount), *limits) == needed


def test_above_the_limit_two_people_approve_and_nobody_twice(delivered):
    two_approve_above(delivered, "500")
    found = cut(delivered)
    one, other = delivered.cast.coordinators
    actions.approve_claim(found, by=one)
    found.refresh_from_db()
    assert (found.state, found.approvals_needed) == ("verified", 2)
    assert not LedgerEntry.objects.filter(kind="approval").exists()
    assert {n.recipient for n in Notice.objects.filter(kind="claim-half-approved")} == {other}
    with pytest.raises(NotAllowed):
        actions.approve_claim(found, by=one)
    actions.approve_claim(found, by=other)
    found.refresh_from_db()
    assert (found.state, found.approved_by) == ("approved", other)
    assert [one.person for one in found.approvals.all()] == [*delivered.cast.coordinators]
    assert LedgerEntry.objects.get(kind="approval").amount == 800


def test_up_to_the_limit_one_is_enough_and_what_counts_is_what_is_eligible(delivered):
    two_approve_above(delivered, "800")
    assert approved_in_part(delivered).state == "approved"


def test_a_part_taken_in_counts_with_the_sum_before_it(delivered):
    """Else a claim would be cut in two, so that one approval is enough for each."""
    two_approve_above(delivered, "850")
    further = taken_in(delivered, approved_in_part(delivered))
    assert (further.amount, further.approvals_needed) == (80, 2)


def test_a_half_approved_claim_may_be_returned(delivered):
    two_approve_above(delivered, "500")
    found = cut(delivered)
    one, other = delivered.cast.coordinators
    actions.approve_claim(found, by=one)
    actions.return_claim(found, reason="Which day?", by=other)
    with pytest.raises(OutOfOrder):
        actions.approve_claim(found, by=other)


# --- The policy ------------------------------------------------------------------------------------
def test_the_floor_stands_whatever_a_policy_says():
    done = {Duty.CONTROLLER: {1}, Duty.APPROVER: {2}, Duty.PROPOSER: {3}, Duty.SIGNATORY: {4}}
    assert kept_from(Duty.APPROVER, 1, done, ()) == [Duty.CONTROLLER]
    assert kept_from(Duty.APPROVER, 2, done, ()) == [Duty.APPROVER]
    assert kept_from(Duty.SIGNATORY, 3, done, ()) == [Duty.PROPOSER]
    assert kept_from(Duty.SIGNATORY, 4, done, ()) == [Duty.SIGNATORY]
    assert kept_from(Duty.BOOKER, 4, done, ()) == [Duty.SIGNATORY]
    assert kept_from(Duty.PROPOSER, 1, done, ()) == []
    assert kept_from(Duty.PROPOSER, 1, done, USUAL) == [Duty.CONTROLLER]
    assert {*FLOOR} <= {*USUAL} <= {*PAIRS}


def test_a_claim_stands_under_the_policy_of_its_control(delivered):
    found = cut(delivered)
    assert (found.policy.number, found.policy.apart) == (1, list(USUAL))
    newer = policy_without(delivered, pair(Duty.PROPOSER, Duty.BOOKER))
    found.refresh_from_db()
    assert found.policy.number == 1
    assert cut(delivered, number="F-2").policy == newer


def test_a_policy_takes_two_people_and_one_waits_at_a_time(delivered):
    one, other = delivered.cast.coordinators
    wanted = [name for name in USUAL if name != "proposer-booker"]
    with pytest.raises(Refused, match="Say why"):
        propose_policy(wanted, reason=" ", by=one)
    with pytest.raises(NotAllowed):
        propose_policy(wanted, reason="Few.", by=delivered.officer)
    with pytest.raises(Refused, match="policy already"):
        propose_policy(USUAL, reason="Few.", by=one)
    policy = propose_policy(wanted, reason="Few.", by=one)
    assert policy_in_force().number == 1
    with pytest.raises(Refused, match="Another policy waits"):
        propose_policy([], reason="Fewer.", by=other)
    with pytest.raises(NotAllowed):
        confirm_policy(policy, by=one)
    confirm_policy(policy, by=delivered.cast.finance[0])
    assert policy_in_force() == policy
    with pytest.raises(OutOfOrder):
        drop_policy(policy, reason="Late.", by=other)
    dropped = propose_policy([], reason="Fewest.", by=one)
    assert dropped.apart == list(FLOOR) or {*dropped.apart} == {*FLOOR}
    drop_policy(dropped, reason="Too few.", by=other)
    assert policy_in_force() == policy


def test_a_small_partner_may_propose_and_record_with_one_person(delivered):
    policy_without(delivered, pair(Duty.PROPOSER, Duty.BOOKER))
    order = order_of(approved(delivered, delivered._milestone(0)), delivered.cast)
    done = record_payment(
        order, paid_on=today_there(), bank_reference="BK1", by=delivered.cast.finance[0]
    )
    assert done.state == "paid"


def test_a_large_one_keeps_approvers_from_signing(delivered):
    policy_without(delivered, also=(pair(Duty.APPROVER, Duty.SIGNATORY),))
    found = approved(delivered, delivered._milestone(0))
    batch = proposed([found], delivered.cast)
    with pytest.raises(NotAllowed):
        authorise_batch(batch, by=delivered.cast.coordinators[0])
    with pytest.raises(IntegrityError, match="keeps its signatory apart"), transaction.atomic():
        type(batch).objects.filter(pk=batch.pk).update(
            first_by=delivered.cast.coordinators[0], first_at=batch.proposed_at
        )
    authorise_batch(batch, by=delivered.cast.coordinators[1])


def test_who_controls_may_not_approve_even_with_both_roles_and_any_policy(delivered):
    policy_without(delivered, *(name for name in USUAL if name not in FLOOR))
    lift_exclusion(
        RoleExclusion.objects.get(lifted_at=None),
        by=delivered.cast.coordinators[1],
        reason="A small team.",
    )
    delivered.officer.role_grants.create(role="coordinator")
    officer = type(delivered.officer).objects.get(pk=delivered.officer.pk)
    found = cut(delivered)
    with pytest.raises(NotAllowed):
        actions.approve_claim(found, by=officer)
    with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
        found.approvals.create(number=1, person=officer)


def test_the_portals_own_policy_is_the_first_version(delivered):
    assert policy_in_force() is None
    asked = claim(delivered._milestone(0), delivered.manager)
    actions.verify_claim(asked, by=delivered.officer)
    assert SeparationPolicy.objects.get().apart == list(USUAL)
