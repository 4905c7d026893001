"""Hours and days: whole quarters, eight hours a day, and what is left of a plan."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.assistance.delivery.rules import hours as rules
from vouchers.assistance.delivery.rules.burning import (
    Planned,
    Used,
    planned_steps,
    used_steps,
    worth_by_day,
)
from vouchers.assistance.delivery.rules.judging import Frame, Misfit, what_is_wrong

QUARTERS = st.integers(1, 48).map(lambda number: number * rules.QUARTER)
DAYS = st.integers(1, 80).map(lambda number: number * Decimal("0.25"))
EUROS = st.decimals("0.01", "60000", places=2)
START = date(2026, 3, 2)


def frame(**other) -> Frame:
    return Frame(
        **{
            "is_of_voucher": True,
            "is_in_force": True,
            "today": START + timedelta(days=30),
            "valid_from": START - timedelta(days=10),
            "valid_until": START + timedelta(days=90),
            "begun_on": START,
            "contracted_from": None,
            "contracted_until": None,
            "days": Decimal("5"),
            "tolerance": Decimal(0),
            "logged": Decimal(0),
            "logged_of_expert": Decimal(0),
            **other,
        }
    )


@pytest.mark.parametrize(
    ("day", "hours", "other", "wrong"),
    [
        (0, "8", {}, None),
        (0, "0.25", {}, None),
        (0, "0", {}, Misfit.TOO_SHORT_OR_LONG),
        (0, "-1", {}, Misfit.TOO_SHORT_OR_LONG),
        (0, "25", {}, Misfit.TOO_SHORT_OR_LONG),
        (0, "0.3", {}, Misfit.NOT_QUARTERS),
        (0, "8.25", {}, Misfit.OVER_DAY),
        (0, "4.25", {"logged_of_expert": Decimal("4")}, Misfit.OVER_DAY),
        (0, "4", {"logged_of_expert": Decimal("4")}, None),
        (-1, "1", {}, Misfit.BEFORE_PLAN),
        (-11, "1", {}, Misfit.OUTSIDE_VOUCHER),
        (0, "1", {"begun_on": None}, Misfit.BEFORE_PLAN),
        (30, "1", {}, None),
        (31, "1", {}, Misfit.AHEAD),
        (31, "1", {"today": START + timedelta(days=99)}, None),
        (91, "1", {"today": START + timedelta(days=99)}, Misfit.OUTSIDE_VOUCHER),
        (4, "1", {"contracted_from": START + timedelta(days=5)}, Misfit.BEFORE_CONTRACT),
        (5, "1", {"contracted_from": START + timedelta(days=5)}, None),
        (9, "1", {"contracted_until": START + timedelta(days=9)}, None),
        (10, "1", {"contracted_until": START + timedelta(days=9)}, Misfit.AFTER_CONTRACT),
        (0, "1", {"is_in_force": False}, Misfit.REMOVED),
        (0, "1", {"is_of_voucher": False}, Misfit.OTHER_VOUCHER),
        (0, "8", {"logged": Decimal("32")}, None),
        (0, "8", {"logged": Decimal("32.25")}, Misfit.OVER_MILESTONE),
        (0, "8", {"logged": Decimal("36"), "tolerance": Decimal(10)}, None),
        (0, "8", {"logged": Decimal("36.25"), "tolerance": Decimal(10)}, Misfit.OVER_MILESTONE),
    ],
)
def test_a_session_fits_or_says_the_first_rule_that_it_breaks(day, hours, other, wrong):
    found = what_is_wrong(START + timedelta(days=day), Decimal(hours), frame(**other))
    assert found is wrong


@given(DAYS, st.decimals("0", "100", places=2), st.lists(QUARTERS, max_size=20))
def test_what_is_said_to_be_left_can_be_logged_and_a_quarter_more_cannot(days, tolerance, before):
    logged = sum(before, Decimal(0))
    left = rules.quarters_left(days, tolerance, logged)
    most = rules.most_hours(days, tolerance)
    assert rules.are_quarters(left)
    if left:
        assert logged + left <= most
    assert logged + left + rules.QUARTER > most


@given(DAYS, EUROS, st.lists(QUARTERS, min_size=1, max_size=12))
def test_sessions_use_at_most_the_amount_of_their_milestone_and_all_of_it_with_all_days(
    days, amount, sessions
):
    planned = [Planned(1, START, days, amount)]
    used = [Used(1, START + timedelta(days=number), hours) for number, hours in enumerate(sessions)]
    worth = [value for _day, value in worth_by_day(planned, used)]
    hours = sum(sessions, Decimal(0))
    assert all(value >= 0 for value in worth)
    assert sum(worth) == rules.worth_of(hours, days, amount) <= amount
    assert (sum(worth) == amount) or hours < days * rules.HOURS_PER_DAY


@given(st.lists(st.tuples(st.integers(0, 40), DAYS), max_size=10))
def test_what_is_left_falls_to_nothing_by_the_plan_and_never_below(falls):
    days = [(START + timedelta(days=number), value) for number, value in falls]
    total = sum((value for _day, value in days), Decimal(0))
    plan = planned_steps(START, days)
    assert (plan[0].day, plan[0].left, plan[-1].left) == (START, total, Decimal(0))
    steps = used_steps(START, START + timedelta(days=50), total / 2, days)
    assert steps[0].left == total / 2
    assert steps[-1].day == START + timedelta(days=50)
    assert all(later.left <= step.left for step, later in pairwise(steps))
    assert min(step.left for step in steps) >= 0
