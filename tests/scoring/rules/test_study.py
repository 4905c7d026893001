"""What scores say about themselves: severity, agreement, stability; pure."""

import random
from dataclasses import replace
from decimal import Decimal

import krippendorff
import numpy as np
import pytest

from tests.scoring.rules.studied import by, material
from tests.scoring.rules.test_ranking import RULES, sheet
from vouchers.scoring.rules.agreement import interval_alpha, ordinal_alpha
from vouchers.scoring.rules.grid import Sheet
from vouchers.scoring.rules.ranking import rank_applications
from vouchers.scoring.rules.severity import severities
from vouchers.scoring.rules.study import study


def many(number=40, assessors=12, seed=3):
    chance = random.Random(seed)
    return material(
        *(
            Sheet(pk, {n: Decimal(chance.randint(4, 10)) / 2 for n in (1, 2, 3)}, who)
            for pk in range(1, number + 1)
            for who in chance.sample(range(1, assessors + 1), chance.choice([2, 3]))
        ),
        quota=3,
    )


def test_severity_is_the_mean_difference_from_those_who_scored_the_same():
    """Worked by hand: 2 differs from 1 by −20 and from 3 by −10 points; 4 shares nothing."""
    found = severities(
        RULES,
        [
            by(1, 1, 4, 4, 4),
            by(2, 1, 3, 3, 3),
            by(2, 2, 3, 3, 3),
            by(3, 2, "3.5", "3.5", "3.5"),
            by(4, 3, 5, 5, 5),
        ],
    )
    assert {who: (float(one.points), one.shared) for who, one in found.items()} == {
        1: (20.0, 1),
        2: (-15.0, 2),
        3: (10.0, 1),
        4: (0.0, 0),
    }
    assert float(found[2].by_criterion[1]) == -0.75
    # Differences of −20 and −10: their standard deviation is the root of 50.
    assert found[2].spread == pytest.approx(50**0.5, abs=1e-6)


def test_agreement_is_that_of_the_library():
    """Alpha of resampled sums is the library's on the same data, at both levels."""
    told = study(many(), resamples=50)
    groups = {}
    for one in many().given():
        groups.setdefault(one.application, []).append(one)
    rows = np.full((3, len(groups)), np.nan)
    for column, own in enumerate(groups.values()):
        for row, one in enumerate(own):
            rows[row, column] = float(RULES.total(one.scores))
    expected = krippendorff.alpha(rows, level_of_measurement="interval")
    assert told["overall"]["agreement"]["alpha"] == pytest.approx(expected, abs=1e-6)
    ordinal = np.full((3, len(groups)), np.nan)
    for column, own in enumerate(groups.values()):
        for row, one in enumerate(own):
            ordinal[row, column] = float(one.scores[2])
    expected = krippendorff.alpha(ordinal, level_of_measurement="ordinal")
    assert told["overall"]["criteria"][1]["agreement"]["alpha"] == pytest.approx(expected, abs=1e-6)
    domain = np.unique(ordinal[~np.isnan(ordinal)])
    counts = (ordinal.T[..., None] == domain).sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(domain))
    table = (pairs / (counts.sum(axis=1) - 1)[:, None, None]).sum(axis=0).reshape(1, -1)
    assert ordinal_alpha(table)[0] == pytest.approx(expected, abs=1e-9)


def test_the_published_example_of_alpha():
    """Krippendorff, 'Computing Krippendorff's Alpha-Reliability', example C with ordinal data:
    four observers, twelve units, missing values; the library's documentation gives 0.815.
    """
    data = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    sheets = [
        Sheet(unit, dict.fromkeys((1, 2, 3), Decimal(value)), observer)
        for observer, row in enumerate(data, start=1)
        for unit, value in enumerate(row)
        if value is not None
    ]
    told = study(material(*sheets), resamples=50)["overall"]
    assert [round(one["agreement"]["alpha"], 3) for one in told["criteria"]] == [0.815] * 3
    # One unit has a single value and is left out.
    assert told["agreement"]["applications"] == 11


def test_an_interval_holds_its_figure_and_few_applications_have_none():
    agreement = study(many(), resamples=200)["overall"]["agreement"]
    assert agreement["low"] < agreement["alpha"] < agreement["high"] <= 1
    few = study(
        material(by(1, 1, 4, 4, 4), by(2, 1, 3, 4, 4), by(1, 2, 2, 4, 4), by(2, 2, 2, 3, 4))
    )
    assert few["overall"]["agreement"]["alpha"] is not None
    assert few["overall"]["agreement"]["low"] is None


def test_scores_that_never_vary_have_no_agreement_to_tell():
    told = study(
        material(by(1, 1, 4, 4, 4), by(2, 1, 4, 4, 4), by(1, 2, 4, 4, 4), by(2, 2, 4, 4, 4))
    )
    assert told["overall"]["agreement"]["alpha"] is None
    assert np.isnan(interval_alpha(np.array([[4.0, 320.0, 25600.0, 0.0]]))[0])


def test_stability_of_two_assessors_is_that_of_their_three_mixtures():
    """1 has 100 or 60 points, 2 always 85: 1 is within the quota of one when both resampled
    sheets are the high one (a quarter; with one of each it has 80)."""
    told = study(
        material(
            by(1, 1, 5, 5, 5),
            by(2, 1, 3, 3, 3),
            by(3, 2, "4.5", 4, "4.5"),
            by(4, 2, "3.5", "4.5", "4.5"),
        ),
        resamples=4000,
    )
    rows = {row["application"]: row for row in told["countries"]["LB"]["stability"]}
    assert rows[1]["share"] == pytest.approx(0.25, abs=0.03)
    assert rows[2]["share"] == pytest.approx(0.75, abs=0.03)
    assert rows[2]["rank"] == 1
    assert (rows[1]["low"], rows[1]["high"]) == (1, 2)


def test_what_was_agreed_is_not_resampled_and_a_tie_across_the_edge_is_told():
    agreed = replace(sheet(1, 4, 4, 4), agreed=True)
    told = study(
        material(
            by(1, 1, 5, 5, 5), by(2, 1, 2, 2, 2), agreed, by(1, 2, 4, 4, 4), by(2, 2, 4, 4, 4)
        ),
        resamples=100,
    )
    assert [
        (row["share"], row["tied"], row["rank"]) for row in told["countries"]["LB"]["stability"]
    ] == [(0.0, 1.0, 1), (0.0, 1.0, 1)]


def test_the_ranks_as_scored_are_those_of_the_ranking():
    for seed in range(5):
        one = many(seed=seed)
        places = {
            place.application: place.rank for place in rank_applications(RULES, one.sheets, quota=3)
        }
        rows = study(one, resamples=50)["countries"]["LB"]["stability"]
        assert {row["application"]: row["rank"] for row in rows} == {
            row["application"]: places[row["application"]] for row in rows
        }


def test_the_same_input_gives_the_same_study_in_any_order():
    one = many()
    shuffled = replace(one, sheets=tuple(sorted(one.sheets, key=lambda s: hash(str(s.scores)))))
    assert one.fingerprint() == shuffled.fingerprint()
    assert study(one, resamples=100) == study(shuffled, resamples=100)
    other = replace(one, sheets=one.sheets[1:])
    assert other.fingerprint() != one.fingerprint()


def test_progress_rises_to_a_hundred():
    told = []
    study(many(), resamples=200, tell=told.append)
    assert told == sorted(told)
    assert told[-1] == 100
    assert len(set(told)) > 4
