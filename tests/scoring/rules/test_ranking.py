"""The ranking is a pure function of the submitted scores: properties that hold whatever they are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.scoring.rules.grid import CriterionRule, ScoringRules, Sheet
from vouchers.scoring.rules.ranking import (
    AWARD,
    REFUSE,
    RESERVE,
    rank_applications,
    with_unfilled_vouchers,
)

RULES = ScoringRules(
    criteria=(
        CriterionRule(1, Decimal(30), Decimal(50), 3),
        CriterionRule(2, Decimal(35), Decimal(50), 2),
        CriterionRule(3, Decimal(35), Decimal(50), 1),
    ),
    score_max=Decimal(5),
    total_threshold=Decimal(60),
)
SCORES = st.sampled_from([Decimal(n) / 2 for n in range(2, 11)])
SHEETS = st.lists(
    st.builds(
        Sheet,
        application=st.integers(1, 8),
        scores=st.fixed_dictionaries({1: SCORES, 2: SCORES, 3: SCORES}),
    ),
    min_size=1,
    max_size=24,
)


def sheet(application, *scores):
    return Sheet(application, dict(enumerate(map(Decimal, scores), start=1)))


def places(*sheets, quota=2):
    return {
        place.application: (place.rank, place.suggested)
        for place in rank_applications(RULES, sheets, quota=quota)
    }


def test_the_total_is_the_weighted_mean_in_points():
    (place,) = rank_applications(RULES, [sheet(1, 4, 3, 5), sheet(1, 5, 4, 4)], quota=1)
    # Means 4.5, 3.5, 4.5: 27 + 24.5 + 31.5 points.
    assert place.total == Decimal("83.0000")
    assert [result.points for result in place.criteria] == [
        Decimal("27.0000"),
        Decimal("24.5000"),
        Decimal("31.5000"),
    ]


def test_awards_go_to_the_best_while_the_quota_lasts():
    assert places(sheet(1, 4, 4, 4), sheet(2, 5, 5, 5), sheet(3, "3.5", 4, 4)) == {
        2: (1, AWARD),
        1: (2, AWARD),
        3: (3, RESERVE),
    }


def test_below_a_threshold_nothing_is_awarded_however_high_the_rest():
    assert places(sheet(1, 2, 5, 5)) == {1: (1, REFUSE)}
    assert places(sheet(1, 3, 3, "2.5"))[1][1] == REFUSE


def test_the_plan_for_the_voucher_breaks_ties_first():
    # Equal totals (30 × 5/5 + 35 × 3/5 + 35 × 4/5 and 30 × 5/5 + 35 × 4/5 + 35 × 3/5).
    assert places(sheet(1, 5, 4, 3), sheet(2, 5, 3, 4), quota=1) == {
        2: (1, AWARD),
        1: (2, RESERVE),
    }


def test_a_tie_across_the_edge_of_the_quota_is_left_to_people():
    ranking = rank_applications(RULES, [sheet(1, 4, 4, 4), sheet(2, 4, 4, 4)], quota=1)
    assert [(place.rank, place.tied, place.suggested) for place in ranking] == [
        (1, True, RESERVE),
        (1, True, RESERVE),
    ]


@given(SHEETS, st.integers(0, 5), st.randoms())
def test_the_order_in_which_sheets_arrive_changes_nothing(sheets, quota, random):
    shuffled = list(sheets)
    random.shuffle(shuffled)
    ranking = rank_applications(RULES, sheets, quota=quota)
    assert {place.application: place for place in ranking} == {
        place.application: place for place in rank_applications(RULES, shuffled, quota=quota)
    }


@given(SHEETS, st.integers(0, 5))
def test_awards_never_exceed_the_quota_and_everybody_has_a_place(sheets, quota):
    ranking = rank_applications(RULES, sheets, quota=quota)
    assert sum(place.suggested == AWARD for place in ranking) <= quota
    assert sorted(place.application for place in ranking) == sorted(
        {one.application for one in sheets}
    )


@given(SHEETS, st.integers(0, 5))
def test_whoever_is_awarded_passes_and_nobody_better_is_left_out(sheets, quota):
    ranking = rank_applications(RULES, sheets, quota=quota)
    awarded = [place for place in ranking if place.suggested == AWARD]
    others = [place for place in ranking if place.passes and place.suggested != AWARD]
    assert all(place.passes for place in awarded)
    assert all(
        one.total >= other.total and one.rank < other.rank for one in awarded for other in others
    )


@given(SHEETS)
def test_a_total_lies_between_the_lowest_scores_and_100(sheets):
    for place in rank_applications(RULES, sheets, quota=1):
        assert Decimal(20) <= place.total <= Decimal(100)


@given(SHEETS, st.integers(0, 5))
def test_a_larger_quota_takes_no_award_away(sheets, quota):
    few = rank_applications(RULES, sheets, quota=quota)
    many = rank_applications(RULES, sheets, quota=quota + 1)
    awarded = {place.application for place in few if place.suggested == AWARD}
    assert awarded <= {place.application for place in many if place.suggested == AWARD}


@pytest.mark.parametrize("quota", [0, 3])
def test_nothing_to_rank_is_no_error(quota):
    assert list(rank_applications(RULES, [], quota=quota)) == []


def test_vouchers_that_a_country_cannot_fill_go_to_the_best_of_all_reserve_lists():
    rankings = {
        "LB": rank_applications(RULES, [sheet(1, 5, 5, 5), sheet(2, 4, 4, 4)], quota=1),
        "MA": rank_applications(RULES, [sheet(3, 5, 5, 5), sheet(4, 3, 4, 4)], quota=1),
        "TN": rank_applications(RULES, [sheet(5, 1, 1, 1)], quota=2),
    }
    moved = with_unfilled_vouchers(rankings, {"LB": 1, "MA": 1, "TN": 2})
    assert {p.application: p.suggested for places in moved.values() for p in places} == {
        1: AWARD,
        2: AWARD,
        3: AWARD,
        4: AWARD,
        5: REFUSE,
    }
    once = with_unfilled_vouchers(rankings, {"LB": 1, "MA": 1, "TN": 1})
    assert [place.suggested for place in once["LB"]] == [AWARD, AWARD]
    assert [place.suggested for place in once["MA"]] == [AWARD, RESERVE]


def test_equals_across_countries_at_the_edge_are_tied_for_people_to_decide():
    rankings = {
        "LB": rank_applications(RULES, [sheet(1, 5, 5, 5), sheet(2, 4, 4, 4)], quota=1),
        "MA": rank_applications(RULES, [sheet(3, 5, 5, 5), sheet(4, 4, 4, 4)], quota=1),
        "TN": [],
    }
    moved = with_unfilled_vouchers(rankings, {"LB": 1, "MA": 1, "TN": 1})
    for country in ("LB", "MA"):
        assert [(p.suggested, p.tied) for p in moved[country]] == [(AWARD, False), (RESERVE, True)]
