"""A second press, or a page that is sent again after a broken line, asks for no money twice."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from conduct.actions import Refused
from demonstration.clock import on
from notices.models import Notice
from tests.making import today_there, voucher_story
from tests.payments.making import claim as claimed
from tests.payments.recoveries.correcting import announced, received, two_milestones, typed
from tests.payments.ways.making import told_of
from tests.people import log_in
from vouchers.payments.actions import approve_claim, refuse_parked, verify_claim
from vouchers.payments.claims.actions import ask_for_advance
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.payments.models import Claim
from vouchers.payments.recoveries import actions
from vouchers.payments.recoveries.models import Correction, Recovery

pytestmark = pytest.mark.django_db
D = Decimal


def later():
    return on(timezone.now() + timedelta(minutes=11))


def test_an_advance_asked_for_twice_is_one_and_a_later_one_another(client):
    told = told_of("cluster", share="40")
    browser = log_in(client, told.manager)
    address = reverse("payments:advance", args=[told.voucher.pk])
    for _press in range(2):
        answer = browser.post(address, {"amount": "700.00"})
        assert answer.status_code == 302
    assert answer.url == Claim.objects.get(is_advance=True).get_absolute_url()
    assert Notice.objects.filter(kind="claim-advance", recipient=told.officer).count() == 1
    with later():
        ask_for_advance(told.voucher, amount=D("700.00"), by=told.manager)
    assert Claim.objects.filter(is_advance=True).count() == 2


def test_a_correction_proposed_twice_is_one():
    told, paid = two_milestones()
    by = told.cast.finance[0]
    first = actions.propose_correction(paid, typed(paid), by=by)
    assert actions.propose_correction(paid, typed(paid), by=by) == first
    other = actions.propose_correction(paid, typed(paid, "100.00"), by=by)
    more = replace(typed(paid), letter="ECA/2026/15")
    assert {first, other, actions.propose_correction(paid, more, by=by)} == {
        *Correction.objects.all()
    }


def test_a_transfer_is_written_down_once_by_whomever_and_whenever():
    told, paid = two_milestones()
    correction = announced(told, paid, "400.00")
    part = received(told, correction, "200.00")
    with later():
        assert received(told, correction, "200.00") == part
    again = {
        "amount": D("200.00"),
        "received_on": today_there(),
        "bank_reference": " IN 7 ",
    }
    with pytest.raises(Refused, match="written down already") as refused:
        actions.receive_part(correction, **again, by=told.cast.finance[1])
    assert refused.value.field == "bank_reference"
    actions.take_back_part(part, by=told.cast.finance[0])
    # What was taken back is written down anew, and is no second part once it is entered.
    part = actions.receive_part(correction, **again, by=told.cast.finance[1])
    actions.confirm_part(part, by=told.cast.finance[0])
    with pytest.raises(Refused, match="written down already"):
        actions.receive_part(correction, **again, by=told.cast.finance[1])
    other = {**again, "bank_reference": "IN 8"}
    actions.receive_part(correction, **other, by=told.cast.finance[1])
    live = Recovery.objects.exclude(state="void")
    assert sorted(live.values_list("bank_reference", flat=True)) == ["IN 7", "IN 8"]


def test_all_that_is_open_pressed_twice_is_no_error():
    told, paid = two_milestones()
    correction = announced(told, paid)
    assert received(told, correction) == received(told, correction)
    correction = announced(told, paid, "50.00")
    said = {"amount": D("50.00"), "reason": "Too little to ask for.", "by": told.cast.finance[0]}
    part = actions.waive_part(correction, **said)
    assert actions.waive_part(correction, **said) == part


def test_a_part_waived_twice_at_once_is_one_and_a_later_one_another():
    told, paid = two_milestones()
    correction = announced(told, paid)
    said = {"amount": D("50.00"), "reason": "Too little to ask for.", "by": told.cast.finance[0]}
    part = actions.waive_part(correction, **said)
    assert actions.waive_part(correction, **said) == part
    with later():
        assert actions.waive_part(correction, **said) != part
    assert Recovery.objects.count() == 2


def test_what_is_set_aside_is_refused_once_by_two_presses():
    told = voucher_story("accepted 0")
    asked = claimed(told._milestone(0), told.manager, amount="1000.00")
    line = asked.lines.get().pk
    aside = LineFound(parked=D("300.00"), park_reason="The tickets are to follow.")
    verify_claim(asked, by=told.officer, found={line: aside})
    asked = approve_claim(asked, by=told.cast.coordinators[0])

    def refuse(amount):
        refuse_parked(
            asked,
            {line: D(amount)},
            error_type="evidence",
            reason="The ticket is of another day.",
            by=told.officer,
        )
        found = Claim.objects.get(pk=asked.pk)
        return found.deducted, found.parked

    assert refuse("100.00") == (D(100), D(200))
    assert refuse("100.00") == (D(100), D(200))
    # Another amount is another word, and so is the same one later.
    assert refuse("50.00") == (D(150), D(150))
    with later():
        assert refuse("50.00") == (D(200), D(100))
    assert Notice.objects.filter(kind="claim-parked-refused").count() == 3
