"""What an assessor sees and does next: others, corrections, the list."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people import log_in
from tests.scoring.assessing.scoring_page import (
    assessor,
    assignment,
    autosave,
    close,
    criteria_of,
    fresh,
    one_criterion,
    sheet,
    story,
    told,
)
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.forms.assessments import AssessmentForm
from vouchers.scoring.assessing.models import Assignment, Score
from vouchers.scoring.assessing.queries.worklist import next_after, progress_in

__all__ = ["assessor", "assignment", "story", "told"]

pytestmark = pytest.mark.django_db


def test_others_are_seen_only_after_ones_own_and_hidden_while_correcting(story):
    told, (application, *_others) = story
    mine, theirs = told.assign(application, 2)
    told.score(theirs, ("2", "3", "4"))
    theirs.assessment.refresh_from_db()
    mine = actions.declare_no_conflict(mine, by=mine.assessor)
    assessor = log_in(Client(), mine.assessor)
    of_theirs = Score.objects.filter(assessment__assignment=theirs).first().strengths
    assert of_theirs
    data = sheet(mine, strengths="Mine alone")

    def page():
        return assessor.get(mine.get_absolute_url()).content.decode()

    assert of_theirs not in page()
    assessor.post(mine.get_absolute_url(), data)
    assert of_theirs not in page()
    assessor.post(
        mine.get_absolute_url(), sheet(mine, strengths="Mine", version=1) | {"go": "submit"}
    )
    shown = page()
    assert of_theirs in shown
    assert "Another assessor (1)" in shown
    # Among assessors, too, nobody is named.
    assert str(theirs.assessor) not in shown
    assessor.post(reverse("scoring:correct", args=[mine.pk]), {"reason": "A slip of the hand."})
    assert fresh(mine).state == Assignment.State.CLEARED
    assert of_theirs not in page()
    assert fresh(mine).assessment.corrections == 1


def test_scores_are_corrected_with_a_reason_until_the_scoring_is_closed(assessor, assignment):
    assessor.post(assignment.get_absolute_url(), sheet(assignment) | {"go": "submit"})
    address = reverse("scoring:correct", args=[assignment.pk])
    page = assessor.get(assignment.get_absolute_url()).content.decode()
    assert address in page
    assert "You can correct them until the coordinators close the scoring." in page
    page = assessor.post(address, {"reason": ""}).content.decode()
    assert "This field is required." in page
    close(assignment)
    page = assessor.post(address, {"reason": "A slip"}).content.decode()
    assert "The scoring of this call is closed." in page
    assert fresh(assignment).state == Assignment.State.SCORED
    page = assessor.get(assignment.get_absolute_url()).content.decode()
    assert address not in page


def test_the_next_application_is_what_is_due_next_and_round_again(story):
    told, applications = story
    mine = [told.assign(application, 1)[0] for application in applications]
    for place, days in enumerate([3, 1, 2]):
        mine[place].due_at = timezone.now() + timedelta(days=days)
        mine[place].save()
    first, second, third = mine[1], mine[2], mine[0]
    assert [next_after(one) for one in (first, second, third)] == [second, third, first]
    told.score(second, ("4", "4", "4"))
    assert next_after(first) == third
    counted = progress_in(first.assessor, told.call)
    assert (counted.done, counted.of, counted.left) == (1, 3, 2)
    told.score(third, ("4", "4", "4"))
    told.score(first, ("4", "4", "4"))
    assert next_after(first) is None
    page = log_in(Client(), first.assessor).get(first.get_absolute_url()).content.decode()
    assert "3 of 3 submitted in this call" in page
    assert "Everything you were asked to score in this call is submitted." in page


def test_the_list_tells_what_is_due_and_is_filtered(client, story, django_assert_num_queries):
    told, applications = story
    done, late, open_one = (told.assign(application, 1)[0] for application in applications)
    told.score(done, ("4", "4", "4"))
    Assignment.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=1))
    log_in(client, late.assessor)
    address = reverse("scoring:mine")

    def listed(what):
        return [row.pk for row in client.get(address, {"what": what}).context["page"]]

    assert listed("") == [late.pk, open_one.pk, done.pk]
    assert listed("to-do") == [late.pk, open_one.pk]
    assert listed("done") == [done.pk]
    page = client.get(address).content.decode()
    assert "1 of 3 submitted" in page
    assert page.count("late</span>") == 1
    for what in ("", "to-do", "done"):
        with django_assert_num_queries(9):
            client.get(address, {"what": what})


def test_the_page_and_its_saving_cost_as_many_queries_whatever_is_filled_in(
    assessor, assignment, django_assert_num_queries
):
    first = criteria_of(assignment)[0]
    with django_assert_num_queries(17):
        assessor.get(assignment.get_absolute_url())
    autosave(assessor, assignment, **sheet(assignment, comment="All"))
    with django_assert_num_queries(17):
        assessor.get(assignment.get_absolute_url())
    # One of them reads the roles again, under the locks.
    with django_assert_num_queries(26):
        autosave(assessor, assignment, **one_criterion(first, strengths="More", seen=1))


def test_a_long_scale_is_a_list(assessor, assignment):
    call = assignment.application.call
    call.score_min, call.score_max, call.score_step = Decimal(0), Decimal(100), Decimal(1)
    row = AssessmentForm(call=call, assessment=fresh(assignment.assessment)).rows()[0]
    assert not row.has_buttons
    assert ("100", "100") in row.score.field.choices


def test_saving_what_stands_already_is_no_change(assignment):
    scores = {c.pk: ScoreInput(Decimal(4), "Clear") for c in criteria_of(assignment)}
    for _time in range(2):
        actions.save_assessment(assignment, scores, comment="", by=assignment.assessor)
    assert fresh(assignment).assessment.version == 1
