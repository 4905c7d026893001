"""Which periods a schedule reports, and on which day each is due: pure rules."""

from __future__ import annotations

from datetime import date
from itertools import islice, pairwise

import pytest
from django.utils.translation import override

from reports.rules.schedules import newest_ended, period_with, periods_due
from reports.wording import period_in_words


def next_of(frequency, due_day, since, number=3):
    return [
        (one.due_on, one.first, one.last)
        for one in islice(periods_due(frequency, due_day, since), number)
    ]


def test_a_month_is_due_on_a_day_of_the_month_after():
    assert next_of("monthly", 1, date(2026, 11, 29), 2) == [
        (date(2026, 12, 1), date(2026, 11, 1), date(2026, 11, 30)),
        (date(2027, 1, 1), date(2026, 12, 1), date(2026, 12, 31)),
    ]
    # On the very day it is due.
    assert next_of("monthly", 29, date(2026, 11, 29), 1)[0][0] == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("due_day", "since", "dues"),
    [
        (31, date(2027, 1, 1), [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]),
        (31, date(2028, 2, 1), [date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)]),
        (30, date(2028, 2, 1), [date(2028, 2, 29), date(2028, 3, 30), date(2028, 4, 30)]),
        (29, date(2027, 2, 1), [date(2027, 2, 28), date(2027, 3, 29), date(2027, 4, 29)]),
        (29, date(2028, 2, 1), [date(2028, 2, 29), date(2028, 3, 29), date(2028, 4, 29)]),
    ],
)
def test_a_short_month_has_a_last_day(due_day, since, dues):
    assert [one[0] for one in next_of("monthly", due_day, since)] == dues


def test_a_quarter_is_one_of_the_year():
    assert next_of("quarterly", 15, date(2026, 11, 29)) == [
        (date(2027, 1, 15), date(2026, 10, 1), date(2026, 12, 31)),
        (date(2027, 4, 15), date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 7, 15), date(2027, 4, 1), date(2027, 6, 30)),
    ]
    # In the month after a quarter its report may still be due.
    assert next_of("quarterly", 15, date(2027, 1, 10), 1)[0][0] == date(2027, 1, 15)


@pytest.mark.parametrize("frequency", ["monthly", "quarterly"])
@pytest.mark.parametrize("due_day", [1, 15, 28, 29, 30, 31])
def test_no_period_is_left_out_and_none_comes_twice(frequency, due_day):
    periods = list(islice(periods_due(frequency, due_day, date(2027, 1, 1)), 60))
    for one, after in pairwise(periods):
        assert (after.first - one.last).days == 1
        assert one.last < one.due_on < after.due_on
    assert period_with(date(2028, 2, 29), "monthly", due_day).last == date(2028, 2, 29)


def test_the_newest_period_that_is_over():
    assert newest_ended("monthly", 5, date(2027, 1, 1)).last == date(2026, 12, 31)
    assert newest_ended("quarterly", 5, date(2027, 3, 31)).last == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("language", "month", "quarter", "other"),
    [
        ("en", "November 2026", "4th quarter 2026", "2 November 2026 – 30 November 2026"),
        ("fr", "novembre 2026", "4e trimestre 2026", "2 novembre 2026 – 30 novembre 2026"),
        ("ar", "نوفمبر 2026", "الربع الرابع 2026", "2 نوفمبر 2026 – 30 نوفمبر 2026"),
    ],
)
def test_a_period_has_a_name(language, month, quarter, other):
    with override(language):
        assert period_in_words("2026-11-01", "2026-11-30") == month
        assert period_in_words(date(2026, 10, 1), date(2026, 12, 31)) == quarter
        assert period_in_words("2026-11-02", "2026-11-30") == other
        assert period_in_words("2026-11-01", "2027-11-30") != month
