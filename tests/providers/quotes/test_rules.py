"""Points, ranks and likeness: pure rules."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from inputs.rules.currencies import in_euro
from vouchers.providers.quotes.models.taking import euro_of_line
from vouchers.providers.quotes.rules.amounts import amount_of_days, sum_in_euro
from vouchers.providers.quotes.rules.likeness import most_like
from vouchers.providers.quotes.rules.points import (
    Bid,
    Ground,
    marked_points,
    needs_reason,
    price_points,
    ranked,
)

GROUNDS = [
    Ground(1, Decimal(40), is_price=True),
    Ground(2, Decimal(30), is_price=False),
    Ground(3, Decimal(30), is_price=False),
]


def test_the_price_is_judged_as_in_the_practical_guide():
    assert price_points(Decimal(4000), Decimal(4000), Decimal(40)) == Decimal("40.00")
    assert price_points(Decimal(4000), Decimal(4500), Decimal(40)) == Decimal("35.56")
    assert price_points(Decimal(4000), Decimal(5000), Decimal(100)) == Decimal("80.00")
    for lowest, price in ((0, 5), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="lowest price"):
            price_points(Decimal(lowest), Decimal(price), Decimal(40))


def test_marks_are_a_share_of_the_weight():
    assert marked_points([Decimal(5)], Decimal(30)) == Decimal("30.00")
    assert marked_points([Decimal(5), Decimal("2.5")], Decimal(30)) == Decimal("22.50")
    assert marked_points([], Decimal(30)) is None
    with pytest.raises(ValueError, match="between 0 and 5"):
        marked_points([Decimal(6)], Decimal(30))


def test_the_best_is_not_always_the_cheapest():
    offers = [
        Bid(1, Decimal(4000), {2: [Decimal(2)], 3: [Decimal(2)]}),
        Bid(2, Decimal(4500), {2: [Decimal(5)], 3: [Decimal(5)]}),
    ]
    places = ranked(offers, GROUNDS)
    assert [(place.key, place.rank, place.is_cheapest) for place in places] == [
        (2, 1, False),
        (1, 2, True),
    ]
    assert needs_reason(places[0], places)
    assert needs_reason(places[1], places)
    assert not needs_reason(*[ranked(offers[:1], GROUNDS)[0]], ranked(offers[:1], GROUNDS))


def test_equal_ones_share_their_rank():
    offers = [Bid(key, Decimal(4000), {2: [Decimal(3)], 3: [Decimal(3)]}) for key in (1, 2)]
    assert [place.rank for place in ranked(offers, GROUNDS)] == [1, 1]
    assert not ranked([], GROUNDS)


@given(
    st.lists(
        st.tuples(
            st.decimals("0.01", "9999.99", places=2),
            st.integers(0, 10),
            st.integers(0, 10),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_points_never_leave_the_scale_and_ranks_follow_them(drawn):
    offers = [
        Bid(key, price, {2: [Decimal(one) / 2], 3: [Decimal(two) / 2]})
        for key, (price, one, two) in enumerate(drawn)
    ]
    places = ranked(offers, GROUNDS)
    assert {place.key for place in places} == {offer.key for offer in offers}
    assert all(0 <= place.total <= 100 for place in places)
    totals = [place.total for place in places]
    assert totals == sorted(totals, reverse=True)
    assert [place.rank for place in places] == sorted(place.rank for place in places)
    assert sum(place.is_cheapest for place in places) >= 1


def test_days_times_rate_is_rounded_half_up():
    assert amount_of_days(Decimal("2.25"), Decimal("333.33")) == Decimal("749.99")
    assert amount_of_days(Decimal("0.5"), Decimal("100.01")) == Decimal("50.01")


def test_days_in_dinars_keep_their_thousandths():
    assert amount_of_days(Decimal("2.25"), Decimal("1333.333"), "TND") == Decimal("2999.999")


def in_whole_numbers(amount: Decimal, units: Decimal) -> Fraction:
    """Half up to the cent, by fractions of whole numbers, which lose nothing."""
    return Fraction(math.floor(100 * Fraction(amount) / Fraction(units) + Fraction(1, 2)), 100)


@given(
    st.lists(st.decimals("0.001", "9999999.999", places=3), min_size=1, max_size=6),
    st.decimals("0.500000", "120000.000000", places=6),
)
def test_each_line_is_rounded_once_half_up_to_the_cent(amounts, units):
    euro = sum_in_euro(amounts, units)
    assert Fraction(euro) == sum(in_whole_numbers(one, units) for one in amounts)
    # A cent a line at most is what rounding may move.
    exact = sum(Fraction(one) / Fraction(units) for one in amounts)
    assert abs(Fraction(euro) - exact) <= Fraction(len(amounts), 200)
    assert sum_in_euro(amounts[:1], None) == in_euro(amounts[0], None)


@given(
    st.lists(st.integers(1, 9999), min_size=2, max_size=6),
    st.decimals("0.500000", "120000.000000", places=6),
)
def test_the_cheaper_in_its_currency_is_never_the_dearer_in_euro(amounts, units):
    less, more = sorted(amounts)[:2]
    assert in_euro(Decimal(less), units) <= in_euro(Decimal(more), units)


@pytest.mark.django_db
def test_the_database_rounds_as_the_rules_do():
    drawn = [
        (Decimal(amount), Decimal(units))
        for amount in ("0.001", "0.005", "1.005", "13333.33", "99999.999", "4500000.25")
        for units in ("0.999999", "1.0837", "3.4019", "10.725", "96936.915")
    ]
    # What lies half between two cents.
    drawn += [(Decimal("0.005") * units, units) for units in (Decimal(3), Decimal("1.2"))]
    with connection.cursor() as cursor:
        for amount, units in drawn:
            cursor.execute(
                f"SELECT {euro_of_line('a', 'u')} FROM (SELECT %s::numeric a, %s::numeric u) v",
                [amount, units],
            )
            assert cursor.fetchone()[0] == in_euro(amount, units), (amount, units)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Khoury Rami", "Rami Khoury"),
        ("Rami Khouri", "Rami Khoury"),
        ("Société QOOT SARL", "QOOT"),
        ("Rami Khoury Consulting", "Rami Khoury"),
        ("شركة الأرز", "الارز"),
    ],
)
def test_who_is_called_like_somebody_of_the_cluster(name, other):
    assert most_like([name], ["Somebody Else", other]) == other


@pytest.mark.parametrize("name", ["Cedar Consulting", "Rana Haddad", "Group SARL", ""])
def test_who_is_not(name):
    assert most_like([name], ["Rami Khoury", "QOOT", "Cedar Valley Foods", "Holding SAL"]) == ""
