"""A study of a ranking: the job that computes it, and its page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.actions.conducting import TakenOver
from jobs.kinds import kind_called
from tests.making import LB, LB_SECOND, LB_THIRD, closed_story
from tests.people import log_in, person
from tests.scoring.ranking.test_ranking_page import correct
from vouchers.applications.models import Recusal
from vouchers.scoring.reliability.actions import compute_study, request_study, studies
from vouchers.scoring.reliability.models import RankingStudy
from vouchers.scoring.reliability.tasks import study_ranking


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
    return request_study(call, by=by)


def test_a_study_is_a_row_first_and_shows_how_far_it_is(story, coordinator, monkeypatch):
    told, _sent = story
    queued = []
    monkeypatch.setattr(study_ranking, "delay", queued.append)
    assert "No statistics yet" in coordinator.get(page_of(told.call)).content.decode()
    coordinator.post(page_of(told.call, "ask_study"))
    found = RankingStudy.objects.get()
    assert (found.state, found.requested_by) == ("pending", told.cast.coordinators[0])
    RankingStudy.objects.update(done=37, total=100)
    html = coordinator.get(page_of(told.call)).content.decode()
    assert '<progress max="100" value="37"' in html
    assert "37 %" in html
    # Works without JavaScript: a link loads the page again.
    assert f'href="{page_of(told.call)}"' in html
    assert "HX-Refresh" not in coordinator.get(page_of(told.call, "study_progress"))
    assert compute_study(found.pk)
    assert coordinator.get(page_of(told.call, "study_progress"))["HX-Refresh"] == "true"


def test_the_page_shows_figures_and_picture(story, coordinator):
    told, (first, second, _third) = story
    compute_study(asked(told.call, told.cast.coordinators[0]).pk)
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
    compute_study(asked(told.call, told.cast.coordinators[0]).pk)
    correct(first.assignments.first(), "3")
    page = coordinator.get(page_of(told.call))
    assert page.context["is_old"] is True
    assert "describe an older ranking" in page.content.decode()
    again = asked(told.call, told.cast.coordinators[0])
    before = RankingStudy.objects.exclude(pk=again.pk).get()
    compute_study(again.pk)
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
    assert studies.STUDIES.claim_due() == []
    for attempt in range(1, RankingStudy.MAX_ATTEMPTS + 1):
        assert studies.STUDIES.begin(found.pk) is not None
        # A second worker leaves it alone while the first gives signs of life.
        assert compute_study(found.pk) is False
        found.refresh_from_db()
        assert found.attempts == attempt
        RankingStudy.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
        assert studies.STUDIES.claim_due() == [found.pk]
    assert compute_study(found.pk) is False
    found.refresh_from_db()
    assert (found.state, found.last_error) == (
        "failed",
        "The worker was killed while making it.",
    )


def test_a_worker_that_was_given_up_writes_nothing_more(story):
    told, _sent = story
    found = asked(told.call, told.cast.coordinators[0])
    lost = studies.STUDIES.begin(found.pk)
    RankingStudy.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    studies.STUDIES.begin(found.pk)
    with pytest.raises(TakenOver):
        studies.STUDIES.tell(lost, 80, 100)
    found.refresh_from_db()
    assert (found.attempts, found.progress) == (2, 0)


def test_an_error_is_kept_and_tried_again(story, monkeypatch):
    told, _sent = story
    found = asked(told.call, told.cast.coordinators[0])

    def broken(_call):
        raise RuntimeError("No memory")

    with monkeypatch.context() as patched:
        patched.setattr(studies, "call_scores_of", broken)
        assert compute_study(found.pk) is False
    found.refresh_from_db()
    assert (found.state, found.last_error) == ("pending", "RuntimeError: No memory")
    assert studies.STUDIES.claim_due() == [found.pk]
    assert compute_study(found.pk) is True


def test_the_sweeper_queues_what_was_lost(story, monkeypatch):
    told, _sent = story
    queued = []
    found = asked(told.call, told.cast.coordinators[0])
    RankingStudy.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    monkeypatch.setattr(study_ranking, "delay", queued.append)
    assert kind_called("studies").sweep() == 1
    assert queued == [found.pk]


def test_statistics_are_for_coordinators_and_auditors(story, client):
    told, (_first, _second, third) = story
    compute_study(asked(told.call, told.cast.coordinators[0]).pk)
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
    compute_study(asked(told.call, coordinator).pk)
    Recusal.objects.create(application=first, person=coordinator, reason="My brother.")
    log_in(client, coordinator)
    assert client.get(page_of(told.call), {"country": "LB"}).status_code == 404
    page = client.get(page_of(told.call))
    assert page.context["chosen"].country_id == "MA"
    assert page.context["may_read_all"] is False
    assert "Severity" not in page.content.decode()
