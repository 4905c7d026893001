"""Where assessments differ too much, and which of them count: the specification, case by case."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.rules.test_ranking import RULES, SHEETS, sheet
from vouchers.scoring.rules.discrepancy import (
    THRESHOLD,
    TOTAL_THRESHOLD,
    TOTALS,
    Cause,
    causes_of,
    counted_sheets,
)
from vouchers.scoring.rules.ranking import rank_applications


def kinds(*sheets):
    return [cause.kind for cause in causes_of(RULES, sheets)]


def third(application, *scores):
    return replace(sheet(application, *scores), is_third=True)


def test_totals_may_differ_by_up_to_the_limit():
    # 100 and 70 points: exactly 30 % of the higher; 69 is more.
    assert kinds(sheet(1, 5, 5, 5), sheet(1, "3.5", "3.5", "3.5")) == []
    (cause,) = causes_of(RULES, [sheet(1, 5, 5, 5), sheet(1, 3, "3.5", "3.5")])
    assert cause == Cause(TOTALS, Decimal("67.00"), Decimal("100.00"), Decimal(30))


def test_a_threshold_that_one_reaches_and_another_does_not_calls_for_a_consensus():
    (cause,) = causes_of(RULES, [sheet(1, 2, 5, 5), sheet(1, "2.5", 5, 5)])
    assert cause == Cause(THRESHOLD, Decimal(2), Decimal("2.5"), Decimal(50), criterion=1)
    # 60 and 57 points around the threshold of 60.
    assert kinds(sheet(1, 3, 3, 3), sheet(1, "2.5", 3, 3)) == [TOTAL_THRESHOLD]


def test_one_assessment_differs_from_nobody():
    assert kinds(sheet(1, 1, 1, 1)) == []
    assert kinds() == []


def test_what_was_agreed_counts_alone():
    agreed = replace(sheet(1, 4, 4, 4), agreed=True)
    given_ = [sheet(1, 1, 1, 1), sheet(1, 5, 5, 5)]
    assert counted_sheets(RULES, [*given_, agreed]) == [agreed]
    assert rank_applications(RULES, [*given_, agreed], quota=1)[0].total == Decimal("80.0000")


def test_after_a_third_opinion_the_two_closest_count():
    low, high, near_high = sheet(1, 1, 1, 1), sheet(1, 5, 5, 5), third(1, "4.5", "4.5", "4.5")
    assert counted_sheets(RULES, [low, high, near_high]) == [high, near_high]
    assert kinds(low, high, near_high) == []
    assert counted_sheets(RULES, [low, high]) == [low, high]


def test_a_third_opinion_just_between_leaves_all_three():
    sheets = [sheet(1, 1, 1, 1), sheet(1, 5, 5, 5), third(1, 3, 3, 3)]
    assert counted_sheets(RULES, sheets) == sheets
    assert TOTALS in kinds(*sheets)


@given(SHEETS, st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_decides_nothing(sheets, random):
    one = [replace(sheet, application=1, is_third=at == 0) for at, sheet in enumerate(sheets)]
    shuffled = random.sample(one, len(one))
    assert causes_of(RULES, one) == causes_of(RULES, shuffled)
    totals = [sorted(map(str, counted_sheets(RULES, order))) for order in (one, shuffled)]
    assert totals[0] == totals[1]
