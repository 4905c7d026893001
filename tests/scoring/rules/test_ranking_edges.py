"""Where the ranking turns: exactly at a threshold, exactly at the quota's edge, half a ten-thousandth."""

from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.scoring.rules.test_ranking import RULES, sheet
from vouchers.scoring.rules.grid import CriterionRule, ScoringRules, Sheet
from vouchers.scoring.rules.ranking import (
    AWARD,
    REFUSE,
    RESERVE,
    rank_applications,
    with_unfilled_vouchers,
)


def one(*scores, rules=RULES, quota=1):
    """The place of an application that each of `scores` (tuples, or one row) assesses, alone."""
    rows = scores if isinstance(scores[0], tuple) else (scores,)
    (place,) = rank_applications(rules, [sheet(1, *row) for row in rows], quota=quota)
    return place


def told(ranking):
    """Application, rank, suggestion and tie of each place, in order."""
    return [(place.application, place.rank, place.suggested, place.tied) for place in ranking]


# --- Rule 4: exactly at a threshold --------------------------------------------------------------
@pytest.mark.parametrize(
    ("scores", "total", "suggested"),
    [
        ((3, 3, 3), "60.0000", AWARD),
        ((3, 3, "2.9999"), "59.9993", REFUSE),
        # The total is shown as 60.0000, and is not 60: it is compared as it is.
        ((3, 3, "2.999999"), "60.0000", REFUSE),
        ((3, 3, "3.000001"), "60.0000", AWARD),
    ],
)
def test_a_total_passes_from_exactly_the_threshold_on(scores, total, suggested):
    place = one(*scores)
    assert (place.total, place.suggested) == (Decimal(total), suggested)
    assert place.passes == (suggested == AWARD)


@pytest.mark.parametrize("criterion", [0, 1, 2])
@pytest.mark.parametrize(("score", "passes"), [("2.5", True), ("2.499999", False), ("2.6", True)])
def test_a_criterion_passes_from_exactly_its_threshold_on(criterion, score, passes):
    scores = [5, 5, 5]
    scores[criterion] = score
    place = one(*scores)
    assert [result.passes for result in place.criteria] == [
        passes if number == criterion else True for number in range(3)
    ]
    assert place.passes is passes
    assert place.suggested == (AWARD if passes else REFUSE)


def test_the_mean_decides_and_not_a_single_score():
    place = one((2, 5, 5), (3, 5, 5))
    assert place.criteria[0].mean == Decimal("2.5000")
    assert place.passes
    assert place.assessments == 2
    assert not one((2, 5, 5), ("2.9", 5, 5)).passes


# --- What is shown -------------------------------------------------------------------------------
def test_means_points_and_totals_are_shown_with_four_decimals_rounded_half_up():
    rules = ScoringRules((CriterionRule(1, Decimal(100), Decimal(0), 1),), Decimal(8), Decimal(0))
    # 100 × 0.000012 / 8 = 0.00015, and 100 × 0.000004 / 8 = 0.00005: half up, not to even.
    for score, mean, points in (
        ("0.000012", "0.0000", "0.0002"),
        ("0.000004", "0.0000", "0.0001"),
        ("0.0000039", "0.0000", "0.0000"),
        ("0.00005", "0.0001", "0.0006"),
        ("0.00025", "0.0003", "0.0031"),
    ):
        place = one(score, rules=rules)
        assert str(place.criteria[0].mean) == mean
        assert str(place.criteria[0].points) == points
        assert str(place.total) == points


def test_thirds_are_shown_rounded_and_compared_exact():
    place = one((4, 4, 4), (4, 4, 4), (5, 4, 4))
    assert place.criteria[0].mean == Decimal("4.3333")
    assert place.criteria[0].points == Decimal("26.0000")
    assert one((4, 4, 4), (4, 4, 4), (4, 5, 4)).total == Decimal("82.3333")
    assert one((5, 4, 4), (5, 4, 4), (4, 4, 4)).criteria[0].mean == Decimal("4.6667")
    # Equal as shown, and not equal: the higher one comes first, whatever its number.
    near = [sheet(1, 4, 4, 4), sheet(2, 4, 4, "4.0000001")]
    ranking = rank_applications(RULES, near, quota=1)
    assert ranking[0].total == ranking[1].total == Decimal("80.0000")
    assert told(ranking) == [(2, 1, AWARD, False), (1, 2, RESERVE, False)]


def test_what_two_places_are_compared_by_is_passing_total_and_points_in_tie_break_order():
    place = one(5, 4, 3)
    assert place.order == (False, Fraction(-79), Fraction(-21), Fraction(-28), Fraction(-30))
    assert one(5, 5, 1).order[0] is True


# --- Rule 6: the edge of the quota ---------------------------------------------------------------
EQUAL = [sheet(number, 4, 4, 4) for number in (2, 3)]


@pytest.mark.parametrize(
    ("quota", "first", "equals", "tied", "last"),
    [
        (0, RESERVE, RESERVE, False, RESERVE),
        (1, AWARD, RESERVE, False, RESERVE),
        (2, AWARD, RESERVE, True, RESERVE),
        (3, AWARD, AWARD, False, RESERVE),
        (4, AWARD, AWARD, False, AWARD),
        (9, AWARD, AWARD, False, AWARD),
    ],
)
def test_equals_are_tied_only_where_the_edge_runs_through_them(quota, first, equals, tied, last):
    sheets = [sheet(4, 3, 4, 4), *EQUAL, sheet(1, 5, 5, 5), sheet(5, 1, 1, 1)]
    assert told(rank_applications(RULES, sheets, quota=quota)) == [
        (1, 1, first, False),
        (2, 2, equals, tied),
        (3, 2, equals, tied),
        (4, 4, last, False),
        (5, 5, REFUSE, False),
    ]


def test_equals_that_do_not_pass_are_not_tied():
    sheets = [sheet(1, 1, 1, 1), sheet(2, 1, 1, 1)]
    assert told(rank_applications(RULES, sheets, quota=1)) == [
        (1, 1, REFUSE, False),
        (2, 1, REFUSE, False),
    ]


def test_who_passes_comes_before_whoever_does_not_however_high_the_total():
    high, low = sheet(1, 5, 5, "2.4"), sheet(2, 3, 3, 3)
    assert told(rank_applications(RULES, [high, low], quota=2)) == [
        (2, 1, AWARD, False),
        (1, 2, REFUSE, False),
    ]


# --- Rule 8: vouchers that a country cannot fill -------------------------------------------------
BEST, GOOD, FAIR, POOR = (5, 5, 5), (4, 4, 4), ("3.5", 4, 4), (1, 1, 1)


def moved(**countries):
    """What rule 8 makes of countries, each a quota and the rows of its applications.

    Applications are numbered through, in the order given; told by country.
    """
    rankings, quotas, number = {}, {}, 0
    for country, (quota, *rows) in countries.items():
        sheets = [sheet(number + place, *row) for place, row in enumerate(rows, start=1)]
        number += len(rows)
        rankings[country], quotas[country] = rank_applications(RULES, sheets, quota=quota), quota
    after = with_unfilled_vouchers(rankings, quotas)
    assert list(after) == list(countries)
    return {country: told(places) for country, places in after.items()}


def suggestions(after):
    return {
        application: (suggested, tied)
        for places in after.values()
        for application, _rank, suggested, tied in places
    }


def test_a_free_voucher_goes_to_the_best_waiting_whatever_the_country():
    after = moved(LB=(1, BEST, FAIR), MA=(1, BEST, GOOD), TN=(1, POOR))
    assert after == {
        "LB": [(1, 1, AWARD, False), (2, 2, RESERVE, False)],
        "MA": [(3, 1, AWARD, False), (4, 2, AWARD, False)],
        "TN": [(5, 1, REFUSE, False)],
    }


def test_free_vouchers_of_several_countries_are_added_and_given_one_by_one():
    after = suggestions(moved(LB=(1, BEST, GOOD, FAIR, (3, 3, 3)), MA=(1,), TN=(2, BEST)))
    assert after == {
        1: (AWARD, False),
        2: (AWARD, False),
        3: (AWARD, False),
        4: (RESERVE, False),
        5: (AWARD, False),
    }


def test_without_a_free_voucher_nothing_changes_and_nobody_is_tied():
    after = suggestions(moved(LB=(1, BEST, GOOD), MA=(1, BEST, GOOD)))
    assert after == {
        1: (AWARD, False),
        2: (RESERVE, False),
        3: (AWARD, False),
        4: (RESERVE, False),
    }


def test_equals_for_whom_the_free_vouchers_are_just_enough_are_all_awarded():
    after = suggestions(moved(LB=(1, BEST, GOOD), MA=(1, BEST, GOOD), TN=(2,)))
    assert set(after.values()) == {(AWARD, False)}


def test_equals_of_whom_there_is_one_too_many_are_all_tied_and_who_follows_gets_nothing():
    after = suggestions(moved(LB=(1, BEST, GOOD, FAIR), MA=(1, BEST, GOOD), TN=(1,)))
    assert after == {
        1: (AWARD, False),
        2: (RESERVE, True),
        3: (RESERVE, False),
        4: (AWARD, False),
        5: (RESERVE, True),
    }


def test_behind_equals_that_are_tied_nobody_takes_what_is_left():
    """Three wait as equals for two vouchers: the next one waits too, though two are free."""
    after = suggestions(
        moved(LB=(1, BEST, GOOD, FAIR), MA=(1, BEST, GOOD), TN=(1, BEST, GOOD), JO=(2,))
    )
    assert [after[number] for number in (2, 5, 7)] == [(RESERVE, True)] * 3
    assert after[3] == (RESERVE, False)


def test_a_voucher_that_is_left_after_one_award_goes_on_to_equals_who_are_tied_for_it():
    after = suggestions(moved(LB=(1, BEST, GOOD, FAIR), MA=(1, BEST, FAIR), TN=(2,)))
    assert after == {
        1: (AWARD, False),
        2: (AWARD, False),
        3: (RESERVE, True),
        4: (AWARD, False),
        5: (RESERVE, True),
    }


def test_a_country_whose_own_edge_is_tied_gives_nothing_away():
    # Lebanon's two equals are tied for one voucher, which therefore is not free, though somebody
    # better than they are waits elsewhere.
    after = suggestions(moved(LB=(1, GOOD, GOOD), MA=(1, BEST, ("4.5", 4, 4))))
    assert after == {
        1: (RESERVE, True),
        2: (RESERVE, True),
        3: (AWARD, False),
        4: (RESERVE, False),
    }
    # Nor does it where its quota is larger: the edge is what people decide about first.
    after = suggestions(moved(LB=(2, BEST, GOOD, GOOD), MA=(1, BEST, ("4.5", 4, 4))))
    assert after[5] == (RESERVE, False)


def test_a_country_whose_own_edge_is_tied_takes_nothing_from_what_others_give_away():
    after = suggestions(moved(LB=(1, GOOD, GOOD), MA=(1, BEST, ("4.5", 4, 4)), TN=(1,)))
    assert after[4] == (AWARD, False)
    assert after[1] == after[2] == (RESERVE, True)


def test_who_is_tied_at_home_is_not_awarded_from_elsewhere_and_holds_up_the_rest():
    """Two vouchers are free, and two Lebanese equals are tied at home: people decide, in order."""
    after = suggestions(moved(LB=(1, GOOD, GOOD, FAIR), MA=(1, BEST, FAIR), TN=(2,)))
    assert after == {
        1: (RESERVE, True),
        2: (RESERVE, True),
        3: (RESERVE, False),
        4: (AWARD, False),
        5: (RESERVE, False),
    }


def test_who_is_refused_gets_no_free_voucher_and_keeps_everything_else():
    before = rank_applications(RULES, [sheet(1, *BEST), sheet(2, *GOOD), sheet(3, *POOR)], quota=1)
    after = with_unfilled_vouchers({"LB": before, "MA": []}, {"LB": 1, "MA": 5})["LB"]
    assert [place.suggested for place in after] == [AWARD, AWARD, REFUSE]
    assert [
        (place.application, place.rank, place.total, place.criteria, place.order) for place in after
    ] == [
        (place.application, place.rank, place.total, place.criteria, place.order)
        for place in before
    ]


def test_a_place_is_what_was_computed_and_nobody_changes_it():
    place = one(4, 4, 4)
    with pytest.raises(FrozenInstanceError):
        place.suggested = REFUSE
    with pytest.raises(FrozenInstanceError):
        place.criteria[0].passes = False
    assert "Fraction" not in repr(place)


# --- Which sheets count --------------------------------------------------------------------------
def test_what_was_agreed_counts_alone():
    sheets = [sheet(1, 5, 5, 5), sheet(1, 1, 1, 1), Sheet(1, sheet(1, 3, 4, 3).scores, agreed=True)]
    (place,) = rank_applications(RULES, sheets, quota=1)
    assert (place.total, place.assessments) == (Decimal("67.0000"), 1)
