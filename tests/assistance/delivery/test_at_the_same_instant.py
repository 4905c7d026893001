"""Two people log at the same instant: neither the milestone nor the expert's day is overdrawn."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.assistance.delivery.session import logged, milestone_of, two_vouchers
from tests.assistance.plans.writing import amended, put_in_force, without_second_milestone
from tests.making import voucher_story
from tests.payments.test_at_the_same_instant import together
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.models import Session

pytestmark = pytest.mark.django_db(transaction=True)

EIGHT = Decimal("8")


@pytest.mark.parametrize("attempt", range(3))
def test_one_expert_in_two_vouchers_at_once_works_one_day(attempt):
    one, other = two_vouchers()
    results = together(
        lambda: logged(one, hours=EIGHT),
        lambda: logged(other, hours=Decimal("0.25")),
    )
    assert sum(isinstance(result, Session) for result in results) == 1
    refusal = next(result for result in results if isinstance(result, str))
    assert "one day (8 hours)" in refusal
    assert Session.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_the_database_itself_orders_two_sessions_of_one_expert(attempt, monkeypatch):
    """The check of the action is taken away: the lock of expert and day is left."""
    one, other = two_vouchers()
    monkeypatch.setattr("vouchers.assistance.delivery.actions.logging._judge", lambda *_args: None)
    results = together(lambda: logged(one, hours=EIGHT), lambda: logged(other, hours=EIGHT))
    assert sum(isinstance(result, Session) for result in results) == 1
    assert "more than one day" in next(one for one in results if isinstance(one, str))


@pytest.mark.parametrize("attempt", range(3))
def test_the_last_day_of_a_milestone_is_logged_once(attempt):
    told = voucher_story("plan approved")
    for day in (1, 2, 3, 4):
        logged(told, day, hours=EIGHT)
    results = together(
        lambda: logged(told, 5, hours=EIGHT),
        lambda: logged(told, 6, hours=EIGHT, by=told.manager),
    )
    assert sum(isinstance(result, Session) for result in results) == 1
    assert "All 5 planned days" in next(one for one in results if isinstance(one, str))


def test_a_milestone_is_removed_or_worked_for_and_never_both():
    told = voucher_story("plan approved")
    second = milestone_of(told, 2)
    amended(told)
    without_second_milestone(told)
    results = together(lambda: put_in_force(told), lambda: logged(told, position=2))
    second.refresh_from_db()
    assert sum(isinstance(result, str) for result in results) == 1, results
    assert Session.objects.exists() == second.is_in_force


def test_a_session_confirmed_and_returned_at_once_is_one_of_both():
    told = voucher_story("plan approved")
    session = logged(told)
    results = together(
        lambda: actions.confirm_session(session, by=told.manager),
        lambda: actions.return_session(session, reason="Why?", by=told.manager),
    )
    assert sum(isinstance(result, Session) for result in results) == 1
