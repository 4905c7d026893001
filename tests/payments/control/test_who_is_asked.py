"""What waits for somebody, on a desk and in its list, is what they may do by the policy in force."""

from __future__ import annotations

import pytest

from accounts.actions import lift_exclusion
from accounts.models import RoleExclusion, User
from dashboards.queries.worklist import worklist_of
from tests.payments.bank.making import booked, said, taken
from tests.payments.control.making import CUT, line_of, policy_without, two_approve_above
from tests.payments.making import order_of
from tests.payments.ways.making import reimbursed, told_of
from vouchers.payments import actions
from vouchers.payments.bank.models import StatementLine
from vouchers.payments.bank.permissions import may_match
from vouchers.payments.bank.queries import lines_to_confirm
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.batches.permissions import may_authorise_batch
from vouchers.payments.batches.queries import (
    batches_to_authorise,
    claims_to_pay,
    claims_to_propose,
    payments_to_record,
)
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.permissions import (
    may_approve_claim,
    may_decide_on_parked,
    may_order_payment,
    may_record_payment,
    may_verify_claim,
)
from vouchers.payments.queries import (
    claims_sent_back,
    claims_to_approve,
    claims_to_verify,
    parked_claims,
)

pytestmark = pytest.mark.django_db

# What each list asks of a claim: its states, and who may.
ASKED = (
    (claims_to_verify, ["submitted"], may_verify_claim),
    (claims_sent_back, ["sent_back"], may_verify_claim),
    (claims_to_approve, ["verified"], may_approve_claim),
    (claims_to_propose, ["approved"], may_order_payment),
)


@pytest.fixture
def small():
    """A partner that pays its provider; whoever works for it does everything, and so do the others."""
    told = told_of("partner")
    lift_exclusion(
        RoleExclusion.objects.get(lifted_at=None),
        by=told.cast.coordinators[1],
        reason="A small team.",
    )
    people = [told.officer, *told.cast.coordinators, *told.cast.finance]
    for person in people:
        held = {(one.role, one.country_code) for one in person.role_grants.all()}
        for role, country in (("officer", "LB"), ("coordinator", ""), ("finance", "")):
            if (role, country) not in held:
                person.role_grants.create(role=role, country_code=country)
    return told, [User.objects.get(pk=person.pk) for person in people]


def the_lists_hold(people):
    """Each list of each person is what they may do, of all that is there; returns how much it was."""
    found = 0
    for person in people:
        for read, states, may in ASKED:
            wanted = [
                one for one in Claim.objects.filter(state__in=states) if may.test(person, one)
            ]
            assert list(read(person)) == wanted, (person, read.__name__)
            found += len(wanted)
        parked = Claim.objects.filter(parked__gt=0, state__in=["approved", "ordered", "paid"])
        wanted = [one for one in parked if may_decide_on_parked.test(person, one)]
        assert list(parked_claims(person)) == wanted, person
        orders = PaymentOrder.objects.filter(state="sent")
        wanted = [one for one in orders if may_record_payment.test(person, one)]
        assert list(payments_to_record(person)) == wanted, person
        batches = PaymentBatch.objects.filter(state="proposed")
        wanted = [one for one in batches if may_authorise_batch.test(person, one)]
        assert list(batches_to_authorise(person)) == wanted, person
    return found


@pytest.mark.parametrize("policy", ["usual", "floor", "with more"])
def test_nobody_is_asked_for_what_they_may_not_do(small, policy):
    told, people = small
    me, one, other, third, fourth = people
    if policy == "floor":
        policy_without(told, "submitter-controller", "submitter-approver")
    elif policy == "with more":
        policy_without(told, also=["approver-signatory", "controller-signatory"])
    two_approve_above(told, "500")
    asked = reimbursed(told, me, 0, "1000.00")
    # Nobody controls what they claimed for the partner, whatever the policy says.
    assert the_lists_hold(people) == 4
    assert not claims_to_verify(me).exists()
    found = actions.verify_claim(asked, by=one, found={line_of(asked): CUT})
    the_lists_hold(people)
    assert claims_to_approve(me).exists() == (policy == "floor")
    assert not claims_to_approve(one).exists()
    actions.approve_claim(found, by=other)
    the_lists_hold(people)
    found = actions.send_back(found, reason="Look again.", by=third)
    the_lists_hold(people)
    found = actions.verify_claim(found, by=fourth, reason="Looked.", found={line_of(asked): CUT})
    the_lists_hold(people)
    found = actions.approve_claim(actions.approve_claim(found, by=other), by=third)
    the_lists_hold(people)
    # The claim itself waits for everybody on the page where it is proposed, which says who may not.
    assert list(claims_to_pay(me)) == [found]
    shown = {work.name: work.number for work in worklist_of(me)}
    assert shown.get("claims-to-pay", 0) == claims_to_propose(me).count()


def test_nor_while_the_money_is_with_the_bank(small):
    told, people = small
    me, one, other, *_others = people
    asked = reimbursed(told, me, 0, "1000.00")
    found = actions.verify_claim(asked, by=one, found={line_of(asked): CUT})
    found = actions.approve_claim(found, by=other)
    order = order_of(found, told.cast)
    the_lists_hold(people)
    assert not payments_to_record(me).exists()
    # Nor to confirm what the bank says of it, which books it.
    taken(said(booked(order)), told)
    line = StatementLine.objects.get()
    for person in people:
        asked_of = line.proposal is not None and may_match.test(person, line.proposal.payment)
        assert list(lines_to_confirm(person)) == ([line] if asked_of else []), person
