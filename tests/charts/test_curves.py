"""Curves: steps on their days, told apart by their strokes, nothing over the border."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.layouts import Curve, Line, curves
from tests.charts.test_layouts import TWO, is_inside, marks_of


def drawn_curves(*series, days, most):
    return curves(
        "c",
        "T",
        series,
        days=days,
        most=(most, str(most)),
        write_day=str,
        headings=TWO,
        rows=[(one.label, str(one.until)) for one in series],
    )


def test_a_curve_steps_up_on_its_days_and_ends_where_nothing_more_is_known():
    picture = drawn_curves(Curve("a", ((10, 1.0), (20, 4.0)), 30), days=40, most=4.0)
    _legend, *steps = [line for line in marks_of(picture, Line) if line.kind == "first"]
    # 324 across for 40 days, from 8 on; 120 high for 4.
    assert [(line.x1, line.x2) for line in steps if line.y1 == line.y2] == [
        (8, 89),
        (89, 170),
        (170, 251),
    ]
    assert [line.y1 - line.y2 for line in steps if line.x1 == line.x2] == [30, 90]


def test_curves_are_told_apart_by_their_strokes():
    series = [Curve(name, ((0, 1.0),), 5) for name in "abcd"]
    kinds = {line.kind for line in marks_of(drawn_curves(*series, days=5, most=1.0), Line)}
    assert {"first", "second", "third", "fourth"} <= kinds
    with pytest.raises(ValueError, match="strokes"):
        drawn_curves(*series, Curve("e", (), 5), days=5, most=1.0)


@settings(max_examples=60)
@given(
    days=st.integers(1, 3000),
    until=st.integers(0, 5000),
    points=st.dictionaries(st.integers(0, 3000), st.integers(0, 10**7), max_size=8),
)
def test_a_curve_stays_inside_the_picture_with_at_most_six_marks(days, until, points):
    sums = tuple((day, float(points[day])) for day in sorted(points))
    most = max((value for _day, value in sums), default=0.0)
    picture = drawn_curves(Curve("a call of a long name " * 5, sums, until), days=days, most=most)
    assert is_inside(picture)
    grid = [line for line in marks_of(picture, Line) if line.kind == "grid"]
    assert len([line for line in grid if line.x1 == line.x2]) <= 6
