"""The ranking page: kept places, always those of the scores as they are, quick however many."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from demonstration.clock import noon
from demonstration.many.scored import make_applications
from tests.making import LB, LB_SECOND, LB_THIRD, MA, cast_of_all, closed_story
from tests.people import log_in
from vouchers.applications.actions import withdraw_application
from vouchers.calls.models import Call
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.ranking.actions import close_scoring, current
from vouchers.scoring.ranking.models import OutdatedRanking, StoredPlace, StoredRanking
from vouchers.scoring.ranking.queries import ranked_by_country, stored
from vouchers.scoring.ranking.queries.stored import calls_with_outdated_ranking
from vouchers.scoring.ranking.tasks import compute_ranking, sweep_rankings

pytestmark = pytest.mark.django_db

SCORES = [("4", "4", "4"), ("5", "5", "4.5"), ("2", "5", "5")]


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND, LB_THIRD, scores=SCORES)


@pytest.fixture
def coordinator(story, client):
    told, _sent = story
    return log_in(client, told.cast.coordinators[0])


def address(call, name="ranking", **chosen):
    query = "&".join(f"{key}={value}" for key, value in chosen.items())
    return reverse(f"scoring:{name}", args=[call.slug]) + (f"?{query}" if query else "")


def shown(client, call, **chosen):
    """What the page lists: application, rank and suggestion, from top to bottom."""
    page = client.get(address(call, **chosen)).context["page"]
    return [(place.application_id, place.rank, place.suggested) for place in page]


def live(call, country="LB"):
    """The same from the scores themselves."""
    (ranking,) = (one for one in ranked_by_country(call) if one.quota.country_id == country)
    return [(ranked.application, ranked.rank, ranked.suggested) for ranked, _app in ranking.places]


def correct(assignment, value):
    """The assessor takes the scores up again and gives `value` for each criterion."""
    person = assignment.assessor
    assessing_actions.correct_assessment(assignment, reason="I misread it.", by=person)
    call = assignment.application.call
    assignment.refresh_from_db()
    assessing_actions.save_assessment(
        assignment,
        {one.pk: ScoreInput(Decimal(value), "Better.", "Less.") for one in call.criteria.all()},
        comment="",
        by=person,
    )
    assessing_actions.submit_assessment(assignment, by=person)


def test_it_shows_the_ranking_of_the_scores(story, coordinator):
    told, (first, second, third) = story
    assert shown(coordinator, told.call) == [
        (second.pk, 1, "award"),
        (first.pk, 2, "award"),
        (third.pk, 3, "refuse"),
    ]
    assert shown(coordinator, told.call) == live(told.call)


def test_scoring_can_be_closed_once_the_deadline_has_passed(story, coordinator):
    told = story[0]
    close = reverse("scoring:close", args=[told.call.slug])
    assert close in coordinator.get(address(told.call)).content.decode()
    Call.objects.filter(pk=told.call.pk).update(deadline=noon(2))
    page = coordinator.get(address(told.call)).content.decode()
    assert close not in page
    assert reverse("scoring:due", args=[told.call.slug]) in page


def test_a_threshold_that_is_not_reached_is_marked_where_it_failed(story, coordinator):
    told, (_first, _second, third) = story
    html = coordinator.get(address(told.call)).content.decode()
    row = re.search(rf"<tr[^>]*>(?:(?!</tr>).)*{third.reference}.*?</tr>", html, re.S).group()
    assert row.count("below the threshold") == 1
    assert html.count("below the threshold") == 1
    assert 'class="state state-bad">refusal' in row


def test_corrected_scores_are_ranked_on_the_next_visit(story, coordinator):
    told, (first, second, _third) = story
    assert shown(coordinator, told.call)[0] == (second.pk, 1, "award")
    for assignment in second.assignments.all():
        correct(assignment, "3.5")
    listed = shown(coordinator, told.call)
    assert listed[0][0] == first.pk
    assert listed == live(told.call)


def test_scores_that_are_taken_up_again_count_no_more_until_resubmitted(story, coordinator):
    told, (first, second, third) = story
    shown(coordinator, told.call)
    assignment = second.assignments.first()
    assessing_actions.correct_assessment(assignment, reason="A slip.", by=assignment.assessor)
    page = coordinator.get(address(told.call))
    assert [place.application_id for place in page.context["page"]] == [first.pk, third.pk]
    assert "1 application is not scored by enough assessors yet" in page.content.decode()
    assert list(page.context["waiting"]) == [second]


def test_a_conflict_that_comes_to_light_and_a_withdrawal_leave_the_ranking(story, coordinator):
    told, (first, second, third) = story
    shown(coordinator, told.call)
    assignment = first.assignments.first()
    assessing_actions.declare_conflict(
        assignment, kind="family", conflict="My cousin.", by=assignment.assessor
    )
    withdraw_application(third, reason="We merge.", by=third.submitted_by)
    assert shown(coordinator, told.call) == [(second.pk, 1, "award")] == live(told.call)


def test_nothing_is_computed_while_nothing_changed(story, coordinator):
    told, _sent = story
    shown(coordinator, told.call)
    run = StoredRanking.objects.get()
    shown(coordinator, told.call)
    assert StoredRanking.objects.get().computed_at == run.computed_at
    assert not OutdatedRanking.objects.exists()


def test_other_rules_or_a_new_specification_make_a_kept_ranking_old(
    story, coordinator, monkeypatch
):
    told, _sent = story
    shown(coordinator, told.call)
    first = StoredRanking.objects.get()
    monkeypatch.setattr(stored, "SPECIFICATION", 99)
    shown(coordinator, told.call)
    assert StoredRanking.objects.get().revision == first.revision + 1


def test_what_is_kept_decides_nothing(story, coordinator):
    told, (first, _second, _third) = story
    before = live(told.call)
    shown(coordinator, told.call)
    StoredPlace.objects.filter(application=first).update(rank=1, suggested="refuse", total=0)
    assert live(told.call) == before
    close_scoring(told.call, by=told.cast.coordinators[0])
    page = coordinator.get(reverse("awards:propose", args=[told.call.slug]))
    assert page.status_code == 200
    suggested = {
        application.pk: ranked.suggested
        for ranking in ranked_by_country(told.call)
        for ranked, application in ranking.places
    }
    assert suggested[first.pk] == "award"


def test_a_large_call_shows_the_old_ranking_with_a_note_and_asks_a_worker(
    story, coordinator, monkeypatch, django_capture_on_commit_callbacks
):
    told, (first, second, _third) = story
    before = shown(coordinator, told.call)
    monkeypatch.setattr(current, "AT_ONCE", 2)
    asked = []
    monkeypatch.setattr(compute_ranking, "delay", asked.append)
    for assignment in second.assignments.all():
        correct(assignment, "3.5")
    with django_capture_on_commit_callbacks(execute=True):
        page = coordinator.get(address(told.call))
        again = coordinator.get(address(told.call, "ranking_state"))
    assert "Scores have changed since this ranking was computed" in page.content.decode()
    assert [(p.application_id, p.rank, p.suggested) for p in page.context["page"]] == before
    # Asked once, however often the page is looked at.
    assert asked == [told.call.pk]
    assert "HX-Refresh" not in again
    assert list(calls_with_outdated_ranking()) == [told.call]
    compute_ranking(told.call.pk)
    assert coordinator.get(address(told.call, "ranking_state"))["HX-Refresh"] == "true"
    assert shown(coordinator, told.call)[0][0] == first.pk
    assert list(calls_with_outdated_ranking()) == []


def test_a_worker_that_was_lost_is_asked_again(story, monkeypatch):
    told, _sent = story
    asked = []
    monkeypatch.setattr(compute_ranking, "delay", asked.append)
    StoredRanking.objects.create(call=told.call, asked_at=timezone.now() - timedelta(minutes=5))
    assert sweep_rankings() == 1
    assert asked == [told.call.pk]


def test_a_country_has_a_page_of_its_own(client):
    told, (lebanese, moroccan) = closed_story(LB, MA, scores=[("4", "4", "4")] * 2)
    log_in(client, told.cast.coordinators[0])
    assert [row[0] for row in shown(client, told.call)] == [lebanese.pk]
    assert [row[0] for row in shown(client, told.call, country="MA")] == [moroccan.pk]
    assert client.get(address(told.call, country="TN")).status_code == 404


def test_an_officer_reads_their_country_once_they_owe_no_assessment(client):
    told, (lebanese, _moroccan) = closed_story(LB, MA, scores=[("4", "4", "4")] * 2)
    officer = told.cast.officer("LB")
    log_in(client, officer)
    page = client.get(address(told.call))
    assert [quota.country_id for quota in page.context["quotas"]] == ["LB"]
    assert client.get(address(told.call, country="MA")).status_code == 404
    assert "Why this result?" not in page.content.decode()
    mine = assessing_actions.assign_assessor(lebanese, officer, by=officer)
    assert client.get(address(told.call)).status_code == 404
    assessing_actions.release_assessor(mine, reason="Not needed.", by=officer)
    assert client.get(address(told.call)).status_code == 200


def test_a_page_takes_as_many_queries_whatever_the_number_of_applications(client):
    cast = cast_of_all()
    log_in(client, cast.coordinators[0])
    counted = {}
    for number in (6, 120):
        call = make_applications(number)
        client.get(address(call))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address(call, country="MA"))
        counted[number] = len(asked)
        assert len(page.context["page"].object_list) == min(number // 3, 25)
    assert counted[6] == counted[120]
    assert counted[120] <= 15


def test_pages_go_on_where_the_one_before_ended(client):
    cast = cast_of_all()
    log_in(client, cast.coordinators[0])
    call = make_applications(120)
    first, second = shown(client, call), shown(client, call, page=2)
    assert [len(first), len(second)] == [25, 15]
    assert first + second == live(call)
