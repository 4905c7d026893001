"""What holds of the ranking whatever the scores are, and published examples reproduced."""

import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.scoring.rules.test_ranking import RULES, SCORES, SHEETS, sheet
from vouchers.scoring.rules.discrepancy import counted_sheets
from vouchers.scoring.rules.grid import CriterionRule, ScoringRules, Sheet
from vouchers.scoring.rules.ranking import AWARD, REFUSE, RESERVE, rank_applications

ROOT = Path(__file__).resolve().parents[3]
QUOTAS = st.integers(0, 5)
# Third opinions and what was agreed, too: as many kinds of sheets as there are.
MIXED = st.lists(
    st.builds(
        Sheet,
        application=st.integers(1, 6),
        scores=st.fixed_dictionaries({1: SCORES, 2: SCORES, 3: SCORES}),
        assessor=st.integers(1, 5),
        is_third=st.booleans(),
        agreed=st.booleans(),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda one: (one.application, one.agreed or one.assessor),
)


def by_application(sheets, quota):
    return {place.application: place for place in rank_applications(RULES, sheets, quota=quota)}


def raised(sheets, index, criterion):
    """The sheets with one score higher by half a point; None where it is the highest already."""
    score = sheets[index].scores[criterion]
    if score >= RULES.score_max:
        return None
    higher = replace(
        sheets[index], scores={**sheets[index].scores, criterion: score + Decimal("0.5")}
    )
    return [*sheets[:index], higher, *sheets[index + 1 :]]


@given(MIXED, QUOTAS, st.randoms())
def test_the_order_of_sheets_of_every_kind_changes_nothing(sheets, quota, random):
    shuffled = list(sheets)
    random.shuffle(shuffled)
    assert by_application(shuffled, quota) == by_application(sheets, quota)


@given(SHEETS, QUOTAS, st.data())
def test_where_every_sheet_counts_a_higher_score_never_lowers_a_rank(sheets, quota, data):
    """Without a third opinion or a consensus: means rise with scores, and so do points and totals."""
    index = data.draw(st.integers(0, len(sheets) - 1))
    after = raised(sheets, index, data.draw(st.sampled_from([1, 2, 3])))
    assume(after is not None)
    application = sheets[index].application
    before, then = by_application(sheets, quota), by_application(after, quota)
    assert then[application].rank <= before[application].rank
    assert then[application].total > before[application].total
    assert then[application].passes >= before[application].passes
    if before[application].suggested == AWARD:
        assert then[application].suggested == AWARD
    # And nobody else gains by it.
    assert all(then[pk].rank >= before[pk].rank for pk in before if pk != application)


@given(MIXED, QUOTAS, st.data())
def test_with_a_third_opinion_it_holds_as_long_as_the_same_sheets_count(sheets, quota, data):
    index = data.draw(st.integers(0, len(sheets) - 1))
    after = raised(sheets, index, data.draw(st.sampled_from([1, 2, 3])))
    assume(after is not None)
    application = sheets[index].application

    def counting(given_):
        own = [one for one in given_ if one.application == application]
        return {(one.assessor, one.agreed) for one in counted_sheets(RULES, own)}

    assume(counting(sheets) == counting(after))
    before, then = by_application(sheets, quota), by_application(after, quota)
    assert then[application].rank <= before[application].rank


def test_a_higher_score_that_makes_other_sheets_the_closest_can_lower_a_total():
    """The price of 'the two closest count': why the properties above name their inputs."""
    second = sheet(1, 3, 3, 3)
    third = replace(sheet(1, "3.5", "3.5", "3.5"), is_third=True)
    (before,) = rank_applications(RULES, [sheet(1, "2.0", "2.0", "2.0"), second, third], quota=1)
    (after,) = rank_applications(RULES, [sheet(1, "2.5", "3", "2.5"), second, third], quota=1)
    assert before.total == Decimal("65.0000")  # Of 60 and 70.
    assert after.total == Decimal("56.7500")  # Of 53.5 and 60, which are closer.


@given(SHEETS, QUOTAS, st.fixed_dictionaries({1: SCORES, 2: SCORES, 3: SCORES}), st.data())
def test_no_assessor_moves_what_was_agreed(sheets, quota, scores, data):
    index = data.draw(st.integers(0, len(sheets) - 1))
    after = raised(sheets, index, 1)
    assume(after is not None)
    agreed = Sheet(sheets[index].application, scores, agreed=True)
    before = by_application([*sheets, agreed], quota)
    assert by_application([agreed, *after], quota) == before


@given(SHEETS, QUOTAS)
def test_equal_totals_stand_in_the_declared_order_of_criteria(sheets, quota):
    """Criterion 3 breaks ties first, then 2, then 1, and whoever is equal in all shares a rank."""
    ranking = rank_applications(RULES, sheets, quota=quota)
    for better, worse in pairwise(ranking):
        if better.passes != worse.passes or better.order[1] != worse.order[1]:
            continue
        points = [
            tuple(result.points for result in reversed(place.criteria)) for place in (better, worse)
        ]
        assert points[0] >= points[1]
        assert (better.rank == worse.rank) == (better.order == worse.order)


_TOLD = """
from decimal import Decimal
from random import Random
from vouchers.scoring.rules.call_scores import CallScores
from vouchers.scoring.rules.grid import CriterionRule, ScoringRules, Sheet
from vouchers.scoring.rules.ranking import rank_applications
from vouchers.scoring.rules.study import study
chance = Random(7)
rules = ScoringRules(
    tuple(CriterionRule(n, Decimal(w), Decimal(50), 4 - n) for n, w in ((1, 30), (2, 35), (3, 35))),
    Decimal(5), Decimal(60))
sheets = [
    Sheet(pk, {n: Decimal(chance.randint(4, 10)) / 2 for n in (1, 2, 3)}, assessor)
    for pk in range(40) for assessor in {pk % 5, pk % 7 + 5, pk % 3 + 12}
]
sheets.sort(key=lambda sheet: hash(repr(sheet)))
material = CallScores(rules, {"LB": 3}, False, dict.fromkeys(range(40), "LB"), tuple(sheets))
print(rank_applications(rules, sheets, quota=3))
print(material.fingerprint(), study(material, resamples=100))
"""


def test_another_process_with_another_hash_seed_says_the_same():
    """The sheets go in ordered by their hashes: differently in each process."""
    said = {
        subprocess.run(
            [sys.executable, "-c", _TOLD],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(said) == 1
    assert b"Ranked(" in said.pop()


def grid(weights, *, score_max, thresholds=(0, 0, 0), total=0, ties=(1, 2, 3)):
    return ScoringRules(
        criteria=tuple(
            CriterionRule(number, Decimal(weight), Decimal(str(threshold)), tie)
            for number, (weight, threshold, tie) in enumerate(
                zip(weights, thresholds, ties, strict=False), start=1
            )
        ),
        score_max=Decimal(score_max),
        total_threshold=Decimal(str(total)),
    )


def test_the_published_example_of_weighted_bid_scores():
    """Oracle, PeopleSoft Strategic Sourcing, 'Scoring vs. Weighting'
    (https://docs.oracle.com/en/applications/peoplesoft/financials-and-supply-chain-management/9.2.056/
    peoplesoft-strategic-sourcing/scoring-vs-weighting.html): of 100 per cent, scores of 50 and 80
    weighted 30 and 70 come to 15 and 56, in all 71; scores of 100 and 0 weighted 70 and 30 to 70.
    """
    (line,) = rank_applications(grid((30, 70), score_max=100), [sheet(1, 50, 80)], quota=1)
    assert [result.points for result in line.criteria] == [Decimal("15.0000"), Decimal("56.0000")]
    assert line.total == Decimal("71.0000")
    (header,) = rank_applications(grid((70, 30), score_max=100), [sheet(1, 100, 0)], quota=1)
    assert header.total == Decimal("70.0000")


def test_the_published_example_of_means_that_are_weighted():
    """Infor Service Management, 'Calculating scores'
    (https://docs.infor.com/ifsm/2024.x/en-us/ifsmolh/ifsmsmsetupag/cmo1450797967997.html): scores of
    4 and 2 have the mean 3, scores of 1 and 4 the mean 2.5; weighted 65 and 35 per cent they come to
    2.83, rounded from 2.825. Of a highest score of 5 that is 56.50 points of 100.
    """
    sheets = [sheet(1, 4, 1), sheet(1, 2, 4)]
    (place,) = rank_applications(grid((65, 35), score_max=5), sheets, quota=1)
    assert [result.mean for result in place.criteria] == [Decimal("3.0000"), Decimal("2.5000")]
    assert place.total == Decimal("56.5000")
    assert place.total * 5 / 100 == Decimal("2.825")


# Excellence, impact, implementation of 5 each; equal weights; 3 of 5 each and 10 of 15 in all.
HORIZON = ScoringRules(
    criteria=tuple(
        CriterionRule(number, Decimal(100) / 3, Decimal(60), tie)
        for number, tie in ((1, 2), (2, 1), (3, 3))
    ),
    score_max=Decimal(5),
    total_threshold=Decimal("66.66"),
)


def test_the_published_thresholds_and_ties_of_horizon():
    """European Commission, Evaluation Form (HE RIA and IA), version 2.0 of 26 April 2022
    (https://tmokor.com/EU/ef_he-ria-ia_en.html, a copy): half marks from 0 to 5, a threshold of 3 for
    each criterion and of 10 for their sum. That 5, 5 and 2 is rejected though it sums up to 12 is the
    example of https://criteri.ai/blog/horizon-europe-evaluation-process-explained. Equal proposals of
    the SME Instrument stand by impact, then excellence, then implementation
    (http://www.innovarum.es/en/how-are-the-sme-instrument-proposals-scored/).
    """
    ranking = rank_applications(
        HORIZON,
        [
            sheet(1, 5, 5, 2),  # 12, but below 3 for implementation.
            sheet(2, 3, 3, "3.5"),  # 9.5, below 10.
            sheet(3, 4, "3.5", 4),  # 11.5, as the next two.
            sheet(4, "3.5", 4, 4),
            sheet(5, 4, 4, "3.5"),
            sheet(6, 3, 4, 3),  # 10, just enough.
        ],
        quota=2,
    )
    assert [(place.application, place.rank, place.suggested) for place in ranking] == [
        (5, 1, AWARD),  # Impact 4 as number 4, and excellence 4.
        (4, 2, AWARD),
        (3, 3, RESERVE),
        (6, 4, RESERVE),
        (1, 5, REFUSE),
        (2, 6, REFUSE),
    ]
    assert [round(place.total * 15 / 100, 2) for place in ranking] == [
        Decimal(one) for one in ("11.50", "11.50", "11.50", "10.00", "12.00", "9.50")
    ]
