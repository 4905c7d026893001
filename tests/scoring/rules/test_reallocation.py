"""Vouchers that a country cannot fill: what is taken is given, and nobody gives what it needs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vouchers.scoring.rules.reallocation import reallocated

COUNTRIES = ("LB", "MA", "TN")
numbers = st.fixed_dictionaries({country: st.integers(0, 5) for country in COUNTRIES})


def test_a_country_takes_what_another_cannot_fill():
    quotas = {"LB": 2, "MA": 2, "TN": 2}
    assert reallocated(quotas, {"LB": 3, "MA": 1, "TN": 2}, []) == {"LB": 1, "MA": -1, "TN": 0}


def test_whoever_waits_in_the_country_comes_first():
    quotas = {"LB": 2, "MA": 2, "TN": 2}
    assert not any(reallocated(quotas, {"LB": 3, "MA": 1, "TN": 2}, ["MA"]).values())


def test_givers_give_in_the_order_of_their_codes():
    quotas = {"LB": 1, "MA": 2, "TN": 2}
    moved = reallocated(quotas, {"LB": 2, "MA": 1, "TN": 1}, [])
    assert moved == {"LB": 1, "MA": -1, "TN": 0}


@given(numbers, numbers, st.sets(st.sampled_from(COUNTRIES)))
def test_what_is_taken_is_given_and_bounded(quotas, awarded, waiting):
    moved = reallocated(quotas, awarded, waiting)
    assert sum(moved.values()) == 0
    for country, number in moved.items():
        over = awarded[country] - quotas[country]
        free = 0 if country in waiting else max(0, -over)
        assert -free <= number <= max(0, over)
