"""Every euro passes through the ledger: what each step enters, and what it never enters twice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from conduct.actions import Refused
from conduct.queries.days import day_of, start_of, today
from demonstration.clock import noon, on
from demonstration.signing import signed
from tests.endings.making import ahead, coordinators, given_up
from tests.making import LB, LB_SECOND, awarded, open_story, today_there, voucher_story
from tests.payments.making import approved, order_of, ordered, paid
from vouchers.awards.actions import accept_award, decline_award
from vouchers.awards.actions.offers import lapse_award
from vouchers.awards.models import Award, Voucher
from vouchers.books.actions import grant_budget, post, propose_period
from vouchers.books.models import LedgerAccount, LedgerEntry
from vouchers.calls.models import Call
from vouchers.endings.tasks import carry_out_endings
from vouchers.payments.batches.actions import record_payment

from .making import closed, entered, held_by, the_books_hold, voucher_and_offer

pytestmark = pytest.mark.django_db


def of_call(call):
    return {
        one.kind: one.balance for one in LedgerAccount.objects.filter(call=call, application=None)
    }


def test_an_open_call_has_its_budget_and_an_award_commits_of_it():
    _story, awards = awarded(LB, LB_SECOND)
    call = awards[0].application.call
    committed = sum(award.amount for award in awards)
    assert of_call(call) == {"grant": -call.budget, "available": call.budget - committed}
    assert call.budget > committed > 0
    the_books_hold()


def test_a_budget_that_grows_is_entered_once_more_and_no_other():
    call = open_story().call
    assert grant_budget(call, by=None) is None
    Call.objects.filter(pk=call.pk).update(budget=call.budget + 1)
    call.refresh_from_db()
    assert grant_budget(call, by=None).amount == Decimal("1.00")
    assert grant_budget(call, by=None) is None
    assert of_call(call)["grant"] == -call.budget


@pytest.mark.parametrize("how", ["declined", "lapsed"])
def test_an_award_that_nobody_takes_is_the_calls_again(how):
    story, (award,) = awarded(LB)
    call = award.application.call
    before = of_call(call)["available"]
    if how == "declined":
        decline_award(
            award, reason="No time", by=story.cast.manager(LB.name, LB.country, LB.language)
        )
    else:
        with on(noon(60)):
            assert lapse_award(award, by=None)
    assert of_call(call)["available"] == before + award.amount
    assert held_by_award(award) == 0
    by_itself = LedgerEntry.objects.get(kind="withdrawal").entered_by is None
    assert by_itself == (how == "lapsed")
    the_books_hold()


def held_by_award(award):
    return LedgerAccount.objects.get(application=award.application, kind="committed").balance


def test_a_claim_goes_from_committed_to_the_bank():
    told = voucher_story("accepted 0")
    found = approved(told, told._milestone(0), amount="1234.56")
    assert held_by(told.voucher) == {
        "committed": Decimal("3765.44"),
        "payable": Decimal("1234.56"),
        "in_transit": 0,
        "bank": 0,
        "advanced": 0,
        "receivable": 0,
    }
    order = order_of(found, told.cast)
    assert held_by(told.voucher)["in_transit"] == Decimal("1234.56")
    record_payment(order, paid_on=today_there(), bank_reference="BK1", by=told.cast.finance[1])
    assert held_by(told.voucher)["bank"] == Decimal("1234.56")
    entry = LedgerEntry.objects.get(kind="booking")
    assert (entry.day, entry.entered_by) == (today_there(), told.cast.finance[1])
    the_books_hold()


def test_closing_releases_what_no_claim_came_to():
    told = voucher_story("accepted 0")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    paid(told, told._milestone(0), amount="2962.50")
    paid(told, told._milestone(1), amount="2000.00", number="F-2", reference="BK2")
    call = told.voucher.award.application.call
    before, committed = of_call(call)["available"], Call.objects.get(pk=call.pk).committed
    told._report()
    told._close()
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    assert (voucher.state, voucher.released, voucher.balance) == ("closed", Decimal("37.50"), 0)
    assert of_call(call)["available"] == before + Decimal("37.50")
    assert Call.objects.get(pk=call.pk).committed == committed - Decimal("37.50")
    the_books_hold()


def test_an_early_end_releases_in_as_many_parts_as_it_takes():
    told = voucher_story("accepted 0")
    given_up(told)
    with on(noon(30)):
        assert carry_out_endings() == 1
    assert entered(told.voucher, "release") == Decimal("2000.00")
    with on(noon(61)):
        assert carry_out_endings() == 1
        assert carry_out_endings() == 0
    parts = LedgerEntry.objects.filter(kind="release").values_list("part", "amount")
    assert list(parts.order_by("part")) == [(1, Decimal("2000.00")), (2, Decimal("3000.00"))]
    the_books_hold()


def test_a_retry_enters_nothing():
    told, _offer = voucher_and_offer()
    found = approved(told, told._milestone(0))
    (one,) = LedgerEntry.objects.filter(kind="approval")
    number = LedgerEntry.objects.count()
    again = post(
        "approval",
        found,
        application=told.voucher.award.application,
        amount=found.amount,
        by=coordinators()[0],
    )
    assert (again, LedgerEntry.objects.count()) == (one, number)
    the_books_hold()


def test_a_day_in_a_closed_period_becomes_the_first_open_one():
    told = voucher_story("accepted 0")
    with on(noon(-3)):
        order = ordered(told, told._milestone(0))
    closed(ahead(-2), told.cast)
    record_payment(order, paid_on=ahead(-3), bank_reference="BK1", by=told.cast.finance[1])
    order.refresh_from_db()
    assert (order.paid_on, LedgerEntry.objects.get(kind="booking").day) == (ahead(-3), ahead(-1))
    the_books_hold()


@pytest.mark.parametrize(("day", "says"), [(0, "before today"), (-9, "closed once")])
def test_a_period_is_closed_once_it_is_over_and_in_order(day, says):
    told = voucher_story()
    closed(ahead(-5), told.cast)
    with pytest.raises(Refused, match=says):
        propose_period(ends_on=today() if day == 0 else ahead(day), by=told.cast.coordinators[0])


def test_the_day_before_is_closed_as_soon_as_it_is_over_for_the_programme():
    """Just after midnight in Brussels it is the day before in UTC still."""
    told = voucher_story()
    midnight = start_of(today() - timedelta(days=2))
    with on(midnight - timedelta(minutes=10)), pytest.raises(Refused, match="before today"):
        closed(day_of(midnight) - timedelta(days=1), told.cast)
    with on(midnight + timedelta(minutes=10)):
        period = closed(day_of(midnight) - timedelta(days=1), told.cast)
    assert period.ends_on == day_of(period.closed_at) - timedelta(days=1)
    assert period.ends_on == day_of(period.closed_at, ZoneInfo("UTC"))


def test_an_award_is_entered_when_it_is_offered_and_stays_when_it_is_accepted():
    story, (award,) = awarded(LB)
    accept_award(
        award,
        signing=signed(award, story.cast.manager(LB.name, LB.country, LB.language)),
        by=story.cast.manager(LB.name, LB.country, LB.language),
    )
    assert Award.objects.get().state == "accepted"
    assert held_by_award(award) == award.amount
    assert [*LedgerEntry.objects.values_list("kind", flat=True).order_by("number")] == [
        "grant",
        "award",
    ]
    the_books_hold()
