"""Two people press at the same instant: one result, and a clear sentence for the other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.endings.making import WHY, ahead, asked, coordinators, proposed, signed_by_one_side
from tests.making import voucher_story
from tests.payments.test_at_the_same_instant import together
from vouchers.awards.models import Voucher
from vouchers.endings import actions
from vouchers.endings.models import Ending, Extension

pytestmark = pytest.mark.django_db(transaction=True)


def sentences(results):
    return [one for one in results if isinstance(one, str)]


def test_one_of_two_grants_an_extension():
    told = signed_by_one_side()
    extension = asked(told)
    people = [told.officer, coordinators()[0]]
    results = together(
        *(lambda by=person: actions.decide_extension(extension, by=by) for person in people)
    )
    (refusal,) = sentences(results)
    assert "granted" in refusal
    assert Voucher.objects.get().valid_until == told.voucher.valid_until + timedelta(days=30)


def test_one_of_two_is_refused_or_granted_and_not_both():
    told = signed_by_one_side()
    extension = asked(told)
    results = together(
        lambda: actions.decide_extension(extension, by=told.officer),
        lambda: actions.refuse_extension(extension, reason=WHY, by=coordinators()[0]),
    )
    assert len(sentences(results)) == 1
    moved = Voucher.objects.get().valid_until != told.voucher.valid_until
    assert moved == (Extension.objects.get().state == "granted")


def test_one_of_two_decides_that_a_voucher_ends():
    told = voucher_story("plan approved")
    ending = proposed(told.voucher, by=told.officer)
    results = together(
        *(lambda by=person: actions.decide_ending(ending, by=by) for person in coordinators()[:2])
    )
    (refusal,) = sentences(results)
    assert "under notice" in refusal


def test_a_voucher_is_given_up_or_its_end_proposed():
    told = voucher_story("plan approved")
    results = together(
        lambda: actions.give_up_voucher(
            told.voucher, ends_on=ahead(30), reason=WHY, by=told.manager
        ),
        lambda: proposed(told.voucher, by=told.officer),
    )
    (refusal,) = sentences(results)
    assert "under way already" in refusal
    assert Ending.objects.count() == 1


def test_it_is_suspended_once():
    told = voucher_story("plan approved")
    results = together(
        *(
            lambda by=person: actions.suspend_voucher(
                told.voucher, review_on=ahead(9), reason=WHY, by=by
            )
            for person in (told.officer, coordinators()[0])
        )
    )
    (refusal,) = sentences(results)
    assert "suspended" in refusal
