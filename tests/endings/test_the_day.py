"""The day on which a voucher ends: what is payable, what is released, what the database holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from conduct.actions import OutOfOrder, TooLate
from demonstration.clock import noon, on
from documents.models import Document
from notices.models import Notice
from tests.endings.making import WHY, ahead, coordinators, ended, given_up
from tests.making import voucher_story
from tests.payments.making import approved, claim, paid
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call, CountryQuota
from vouchers.endings import actions
from vouchers.endings.tasks import carry_out_endings
from vouchers.payments.actions import approve_claim, send_back, verify_claim, withdraw_claim
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.payments.queries import out_of_balance

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("accepted 0")


def committed() -> Decimal:
    return Call.objects.get().committed


def test_on_its_day_it_ends_and_what_nobody_may_claim_is_released_to_the_budget(told):
    before = committed()
    ending = given_up(told)
    with on(noon(29)):
        assert carry_out_endings() == 0
    with on(noon(30)):
        assert carry_out_endings() == 1
        assert carry_out_endings() == 0
    voucher = Voucher.objects.get()
    assert (voucher.state, voucher.released) == ("terminated", Decimal("2000.00"))
    assert (voucher.ended_on, voucher.claims_until) == (ending.ends_on, ending.claims_until)
    assert committed() == before - Decimal("2000.00")
    # Something of it may still be paid: the country does not get the place back.
    assert CountryQuota.objects.get(country="LB").awarded == 1
    assert Document.objects.filter(kind="ending").count() == 3
    assert Notice.objects.filter(recipient=told.manager, kind="voucher-ended").exists()
    assert not out_of_balance().exists()


def test_accepted_work_is_claimed_until_the_last_day_and_not_after_it(told):
    given_up(told)
    with on(noon(30)):
        carry_out_endings()
    with on(noon(61)), pytest.raises(TooLate, match="could be claimed until"):
        claim(told._milestone(0), told.manager)
    with on(noon(60)):
        assert claim(told._milestone(0), told.manager).state == "submitted"


def test_what_is_not_claimed_in_time_is_released_too(told):
    before = committed()
    given_up(told)
    with on(noon(30)):
        carry_out_endings()
    with on(noon(60)):
        assert carry_out_endings() == 0
    with on(noon(61)):
        assert carry_out_endings() == 1
        assert carry_out_endings() == 0
    assert Voucher.objects.get().released == Decimal("5000.00")
    assert committed() == before - Decimal("5000.00")


def test_a_claim_under_way_is_kept_until_it_is_decided(told):
    found = claim(told._milestone(0), told.manager)
    given_up(told)
    with on(noon(61)):
        carry_out_endings()
        assert Voucher.objects.get().released == Decimal("2000.00")
        verify_claim(found, by=told.officer)
        approve_claim(found, by=coordinators()[0])
        assert carry_out_endings() == 0
    voucher = Voucher.objects.get()
    assert (voucher.approved, voucher.released) == (Decimal("3000.00"), Decimal("2000.00"))
    assert voucher.balance == 0
    assert not out_of_balance().exists()


def test_a_claim_that_is_sent_back_to_its_control_is_kept_until_it_is_decided(told):
    found = verify_claim(claim(told._milestone(0), told.manager), by=told.officer)
    one, other = coordinators()[:2]
    send_back(found, reason="Read the time sheet.", by=one)
    given_up(told)
    with on(noon(61)):
        carry_out_endings()
        assert Voucher.objects.get().released == Decimal("2000.00")
        found.refresh_from_db()
        verify_claim(found, by=told.officer, reason="Read; nothing changes.")
        approve_claim(found, by=other)
    voucher = Voucher.objects.get()
    assert (voucher.approved, voucher.balance) == (Decimal("3000.00"), 0)
    assert not out_of_balance().exists()


def test_what_is_deducted_is_released_only_after_it_is_approved_and_could_be_claimed(told):
    """Until then the control may be sent back; from then on the cluster may claim it anew."""
    asked = claim(told._milestone(0), told.manager)
    less = LineFound(deducted=Decimal("120.00"), error_type="evidence", reason="Half a day.")
    found = verify_claim(asked, by=told.officer, found={asked.lines.get().pk: less})
    given_up(told)
    with on(noon(30)):
        carry_out_endings()
        assert Voucher.objects.get().released == Decimal("2000.00")
        approve_claim(found, by=coordinators()[0])
        again = claim(told._milestone(0), told.manager, amount="50.00", number="F-2")
        approve_claim(verify_claim(again, by=told.officer), by=coordinators()[0])
    with on(noon(61)):
        carry_out_endings()
    voucher = Voucher.objects.get()
    assert (voucher.approved, voucher.released) == (Decimal("2930.00"), Decimal("2070.00"))


def test_one_that_is_withdrawn_after_the_last_day_is_released(told):
    found = claim(told._milestone(0), told.manager)
    given_up(told)
    with on(noon(61)):
        carry_out_endings()
        withdraw_claim(found, by=told.manager)
        assert carry_out_endings() == 1
    assert Voucher.objects.get().released == Decimal("5000.00")


def test_nothing_that_is_approved_or_paid_is_released(told):
    """The rest of an accepted milestone can be claimed until the last day for claims."""
    paid(told, told._milestone(0), amount="2500.00")
    given_up(told)
    with on(noon(30)):
        carry_out_endings()
    assert Voucher.objects.get().released == Decimal("2000.00")
    with on(noon(61)):
        carry_out_endings()
    assert Voucher.objects.get().released == Decimal("2500.00")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("released = 100", "only_what_has_ended"),
        ("state = 'terminated', ended_on = now(), claims_until = now()", "ends early by an ending"),
        ("state = 'suspended'", "suspended while a suspension stands"),
        ("valid_until = valid_until + 1", "moves by an extension"),
    ],
)
def test_the_database_takes_no_short_cut(told, change, sentence):
    with (
        pytest.raises(IntegrityError, match=sentence),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE vouchers_voucher SET {change}")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("released = released - 1", "not taken back"),
        ("released = amount + 1", "approved_claims_stay_within"),
    ],
)
def test_nor_with_what_is_released(told, change, sentence):
    approved(told, told._milestone(0))
    ended(told.voucher)
    with (
        pytest.raises(IntegrityError, match=sentence),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE vouchers_voucher SET {change}")


def test_a_suspended_voucher_ends_as_well(told):
    actions.suspend_voucher(told.voucher, review_on=ahead(40), reason=WHY, by=told.officer)
    given_up(told)
    with on(noon(30)):
        assert carry_out_endings() == 1
    assert Voucher.objects.get().state == "terminated"


def test_a_voucher_that_has_ended_is_not_ended_again(told):
    ended(told.voucher)
    for attempt, by in (
        (actions.give_up_voucher, told.manager),
        (actions.propose_ending, told.officer),
    ):
        with pytest.raises(OutOfOrder, match="terminated"):
            attempt(told.voucher, ends_on=ahead(30), reason=WHY, by=by)
