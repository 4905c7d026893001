"""What the scores say about themselves: the figures, and the job that computes them."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import krippendorff
import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.making import LB, LB_SECOND, LB_THIRD, closed_story
from tests.people import log_in, person
from tests.scoring.test_ranking import RULES, sheet
from tests.scoring.test_ranking_page import correct
from vouchers.applications.models import Recusal
from vouchers.scoring import actions, studies, tasks
from vouchers.scoring.grid import Sheet
from vouchers.scoring.models import RankingStudy
from vouchers.scoring.ranking import rank_applications
from vouchers.scoring.studying import Material, interval_alpha, ordinal_alpha, severities, study


def by(assessor, application, *scores):
    return replace(sheet(application, *scores), assessor=assessor)


def material(*sheets, quota=1, countries=None):
    return Material(
        RULES,
        quotas={"LB": quota},
        moves_unfilled=False,
        countries=countries or {one.application: "LB" for one in sheets},
        sheets=tuple(sheets),
    )


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


# --- Figures --------------------------------------------------------------------------------------
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


# --- The job and its page -------------------------------------------------------------------------
@pytest.fixture
def story(db):
    return closed_story(
        LB, LB_SECOND, LB_THIRD, scores=[("4", "4", "4"), ("5", "5", "4.5"), ("4", "3.5", "3.5")]
    )


@pytest.fixture
def coordinator(story, client):
    return log_in(client, story[0].cast.coordinators[0])


def page_of(call, name="statistics"):
    return reverse(f"scoring:{name}", args=[call.slug])


def asked(call, by):
    return actions.request_study(call, by=by)


def test_a_study_is_a_row_first_and_shows_how_far_it_is(story, coordinator, monkeypatch):
    told, _sent = story
    queued = []
    monkeypatch.setattr(tasks.study_ranking, "delay", queued.append)
    assert "No statistics yet" in coordinator.get(page_of(told.call)).content.decode()
    coordinator.post(page_of(told.call, "ask_study"))
    found = RankingStudy.objects.get()
    assert (found.state, found.requested_by) == ("pending", told.cast.coordinators[0])
    RankingStudy.objects.update(progress=37)
    html = coordinator.get(page_of(told.call)).content.decode()
    assert '<progress max="100" value="37"' in html
    assert "37 %" in html
    # Works without JavaScript: a link loads the page again.
    assert f'href="{page_of(told.call)}"' in html
    assert "HX-Refresh" not in coordinator.get(page_of(told.call, "study_progress"))
    assert studies.conduct_study(found.pk)
    assert coordinator.get(page_of(told.call, "study_progress"))["HX-Refresh"] == "true"


def test_the_page_shows_figures_and_picture(story, coordinator):
    told, (first, second, _third) = story
    studies.conduct_study(asked(told.call, told.cast.coordinators[0]).pk)
    page = coordinator.get(page_of(told.call))
    html = page.content.decode()
    assert '<svg class="stability"' in html
    assert "drawn with replacement" in html
    assert "only three mixtures" in html
    rows = {row["application"]: row for row in page.context["stability"]}
    # Its assessors differ by a point: one of them alone is behind those of the third.
    assert 0.5 < rows[first.pk]["share"] < 1
    assert rows[second.pk]["share"] == 1
    names = [str(one["person"]) for one in page.context["assessors"]]
    assert all(name in html for name in names)
    assert page.context["is_old"] is False
    assert "describe an older ranking" not in html


def test_a_study_whose_scores_have_changed_says_so(story, coordinator):
    told, (first, _second, _third) = story
    studies.conduct_study(asked(told.call, told.cast.coordinators[0]).pk)
    correct(first.assignments.first(), "3")
    page = coordinator.get(page_of(told.call))
    assert page.context["is_old"] is True
    assert "describe an older ranking" in page.content.decode()
    again = asked(told.call, told.cast.coordinators[0])
    before = RankingStudy.objects.exclude(pk=again.pk).get()
    studies.conduct_study(again.pk)
    again.refresh_from_db()
    assert again.input_sha256 != before.input_sha256
    assert coordinator.get(page_of(told.call)).context["is_old"] is False


def test_two_studies_at_once_and_one_of_nothing_are_refused(story, coordinator):
    told, _sent = story
    asked(told.call, told.cast.coordinators[0])
    page = coordinator.post(page_of(told.call, "ask_study"), follow=True)
    assert "being computed already" in page.content.decode()
    assert RankingStudy.objects.count() == 1


def test_a_study_of_nothing_is_refused(client, db):
    told, _sent = closed_story(LB)
    log_in(client, told.cast.coordinators[0])
    page = client.post(page_of(told.call, "ask_study"), follow=True)
    assert "No assessment of this call is submitted yet" in page.content.decode()


def test_a_study_whose_worker_died_is_taken_up_and_ends_after_three_attempts(story, monkeypatch):
    told, _sent = story
    found = asked(told.call, told.cast.coordinators[0])
    assert studies.claim_due_studies() == []
    for attempt in range(1, RankingStudy.MAX_ATTEMPTS + 1):
        assert studies._begin(found.pk) is not None
        # A second worker leaves it alone while the first gives signs of life.
        assert studies.conduct_study(found.pk) is False
        found.refresh_from_db()
        assert found.attempts == attempt
        RankingStudy.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
        assert studies.claim_due_studies() == [found.pk]
    assert studies.conduct_study(found.pk) is False
    found.refresh_from_db()
    assert (found.state, found.last_error) == (
        "failed",
        "The worker was killed while making it.",
    )


def test_a_worker_that_was_given_up_writes_nothing_more(story):
    told, _sent = story
    found = asked(told.call, told.cast.coordinators[0])
    lost = studies._begin(found.pk)
    RankingStudy.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    studies._begin(found.pk)
    studies._note_progress(lost, 80)
    found.refresh_from_db()
    assert (found.attempts, found.progress) == (2, 0)


def test_an_error_is_kept_and_tried_again(story, monkeypatch):
    told, _sent = story
    found = asked(told.call, told.cast.coordinators[0])

    def broken(_call):
        raise RuntimeError("No memory")

    with monkeypatch.context() as patched:
        patched.setattr(studies, "material_of", broken)
        assert studies.conduct_study(found.pk) is False
    found.refresh_from_db()
    assert (found.state, found.last_error) == ("pending", "RuntimeError: No memory")
    assert studies.claim_due_studies() == [found.pk]
    assert studies.conduct_study(found.pk) is True


def test_the_sweeper_queues_what_was_lost(story, monkeypatch):
    told, _sent = story
    queued = []
    found = asked(told.call, told.cast.coordinators[0])
    RankingStudy.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    monkeypatch.setattr(tasks.study_ranking, "delay", queued.append)
    assert tasks.sweep_studies() == 1
    assert queued == [found.pk]


def test_statistics_are_for_coordinators_and_auditors(story, client):
    told, (_first, _second, third) = story
    studies.conduct_study(asked(told.call, told.cast.coordinators[0]).pk)
    log_in(client, told.cast.officer("LB"))
    assert client.get(page_of(told.call)).status_code == 404
    assert client.get(page_of(told.call, "what_if")).status_code == 404
    assert client.get(reverse("scoring:why", args=[third.pk])).status_code == 404
    log_in(client, person(role="auditor"))
    html = client.get(page_of(told.call)).content.decode()
    assert '<svg class="stability"' in html
    assert "Compute anew" not in html
    assert client.post(page_of(told.call, "ask_study")).status_code == 403


def test_whoever_a_country_is_hidden_from_reads_nothing_counted_over_it(story, client):
    told, (first, _second, _third) = story
    coordinator = told.cast.coordinators[0]
    studies.conduct_study(asked(told.call, coordinator).pk)
    Recusal.objects.create(application=first, person=coordinator, reason="My brother.")
    log_in(client, coordinator)
    assert client.get(page_of(told.call), {"country": "LB"}).status_code == 404
    page = client.get(page_of(told.call))
    assert page.context["chosen"].country_id == "MA"
    assert page.context["may_read_all"] is False
    assert "Severity" not in page.content.decode()
