"""Two people approve, or decide on what was set aside, at the same instant."""

import pytest

from tests.making import voucher_story
from tests.payments.control.making import approved_in_part, cut, taken_in, two_approve_above
from tests.payments.test_at_the_same_instant import together
from vouchers.books.models import LedgerEntry
from vouchers.payments import actions
from vouchers.payments.control.models import ClaimApproval, SentBack
from vouchers.payments.models import Claim
from vouchers.payments.queries import out_of_balance

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_approve_at_once_are_both_counted_and_it_is_approved_once():
    told = voucher_story("accepted 0")
    two_approve_above(told, "500")
    found = cut(told)
    one, other = told.cast.coordinators
    together(
        lambda: actions.approve_claim(found, by=one), lambda: actions.approve_claim(found, by=other)
    )
    found.refresh_from_db()
    assert found.state == "approved"
    assert ClaimApproval.objects.filter(claim=found).count() == 2
    assert LedgerEntry.objects.get(kind="approval").amount == 800
    assert not out_of_balance().exists()


def test_one_person_who_presses_twice_at_once_approves_once():
    told = voucher_story("accepted 0")
    two_approve_above(told, "500")
    found = cut(told)
    one = told.cast.coordinators[0]
    again = type(one).objects.get(pk=one.pk)
    together(
        lambda: actions.approve_claim(found, by=one), lambda: actions.approve_claim(found, by=again)
    )
    found.refresh_from_db()
    assert (found.state, found.approvals.count()) == ("verified", 1)


def test_what_is_set_aside_is_taken_in_once():
    told = voucher_story("accepted 0")
    found = approved_in_part(told)
    again = type(told.officer).objects.get(pk=told.officer.pk)
    told.again = again
    together(lambda: taken_in(told, found), lambda: taken_in(told, found))
    assert Claim.objects.filter(continues=found).count() == 1
    found.refresh_from_db()
    assert found.parked == 0


def test_of_an_approval_and_a_sending_back_at_once_one_counts():
    told = voucher_story("accepted 0")
    found = cut(told)
    one, other = told.cast.coordinators
    came = together(
        lambda: actions.approve_claim(found, by=one),
        lambda: actions.send_back(found, reason="Which day?", by=other),
    )
    found.refresh_from_db()
    assert sum(isinstance(answer, str) for answer in came) == 1
    is_approved = found.state == "approved"
    assert found.state in {"approved", "sent_back"}
    assert LedgerEntry.objects.filter(kind="approval").exists() == is_approved
    assert hasattr(found.controls.get(), "sent_back") != is_approved


def test_two_who_send_it_back_at_once_do_so_once_and_it_is_controlled_anew_once():
    told = voucher_story("accepted 0")
    found = cut(told)
    together(
        *(
            lambda by=by: actions.send_back(found, reason="Which day?", by=by)
            for by in told.cast.coordinators
        )
    )
    assert SentBack.objects.filter(claim=found).count() == 1
    again = type(told.officer).objects.get(pk=told.officer.pk)
    together(
        *(
            lambda by=by: actions.verify_claim(found, by=by, reason="Read once more.")
            for by in (told.officer, again)
        )
    )
    found.refresh_from_db()
    assert (found.state, found.controls.count()) == ("verified", 2)
