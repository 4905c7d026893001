"""How far a target was reached: rising, falling, kept, overshot, missed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.assistance.reports.rules.reaching import is_reached, reached_percent

amounts = st.decimals(min_value=-1000, max_value=1000, places=2)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "percent"),
    [
        ("0", "12", "9", "75"),
        ("10", "20", "10", "0"),
        ("10", "20", "5", "-50"),
        ("10", "20", "25", "150"),
        # Days until an answer: from 40 down to 10.
        ("40", "10", "25", "50"),
        ("40", "10", "10", "100"),
        ("40", "10", "5", "117"),
        ("40", "10", "46", "-20"),
        ("-4", "4", "0", "50"),
        # Nearly all is not all.
        ("0", "1000", "999.99", "99"),
        ("0", "3", "2", "67"),
        ("5", "5", "5", "100"),
    ],
)
def test_percent_of_the_way(baseline, target, value, percent):
    assert reached_percent(Decimal(baseline), Decimal(target), Decimal(value)) == Decimal(percent)


@pytest.mark.parametrize("value", ["4", "6", "0"])
def test_where_nothing_was_to_change_there_is_no_percent_but_for_what_was_kept(value):
    assert reached_percent(Decimal(5), Decimal(5), Decimal(value)) is None
    assert not is_reached(Decimal(5), Decimal(5), Decimal(value))


@given(amounts, amounts, amounts)
def test_a_hundred_percent_is_the_target_or_beyond_it_and_nothing_else(baseline, target, value):
    beyond = value >= target if target > baseline else value <= target
    if target == baseline:
        beyond = value == target
    assert is_reached(baseline, target, value) == beyond
