"""An assessor whose session ends, whose line breaks, or who is stopped."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.journeys.scores.scoring import Assessor, assignments, kept, story
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.models import Assessment, Assignment
from vouchers.scoring.rounds.models import ScoringRound

__all__ = ["assignments", "story"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


SAVE = re.compile("/save/$")

# What the page has counted, as its module gives it.
SECONDS = "import('/static/js/scoring/time.js').then((time) => time.seconds())"


def test_a_session_that_ends_is_taken_up_in_place(visitor, assignments):
    first, _second = assignments
    someone = visitor(first.assessor)
    assessor = Assessor(someone, first).open()
    assessor.fill(0, "4", "Before").waits_for("saved")
    Session.objects.all().delete()
    assessor.text(0, "strengths").fill("After the end")
    assessor.waits_for("loggedOut")
    assert kept(first)[0][1] == "Before"
    link = assessor.page.get_by_role("link", name="Log in again in a new tab")
    assert link.get_attribute("target") == "_blank"
    someone.sit_down(first.assessor)
    assessor.page.evaluate("dispatchEvent(new Event('focus'))")
    assessor.waits_for("saved")
    assert kept(first)[0] == ("4", "After the end", "")


def test_a_conflict_declared_in_another_window_stops_this_one(visitor, assignments):
    first, _second = assignments
    assessor = Assessor(visitor(first.assessor), first).open()
    assessor.fill(0, "4", "Before").waits_for("saved")
    actions.declare_conflict(
        first, kind="family", conflict="My sister works there.", by=first.assessor
    )
    assessor.text(0, "strengths").fill("After")
    assessor.page.get_by_text("This application is closed to you").first.wait_for()
    assert assessor.text(0, "strengths").input_value() == "After"
    assert kept(first)[0][1] == "Before"


def test_after_the_closing_the_page_says_so_and_keeps_the_text(visitor, story, assignments):
    told, _applications = story
    first, _second = assignments
    assessor = Assessor(visitor(first.assessor), first).open()
    for place in range(3):
        assessor.fill(place, "4", "In time")
    assessor.waits_for("saved")
    ScoringRound.objects.filter(call=told.call).update(
        state="closed", closed_by=told.cast.coordinators[0], closed_at=timezone.now()
    )
    assessor.page.get_by_role("button", name="Submit your scores").click()
    assessor.page.locator("#draft-status").get_by_text(
        "The scoring of this call is closed."
    ).wait_for()
    assert assessor.text(2, "strengths").input_value() == "In time"
    assert Assignment.objects.get(pk=first.pk).state == Assignment.State.CLEARED


def test_pressed_twice_and_over_a_line_that_breaks_it_is_submitted_once(visitor, assignments):
    first, _second = assignments
    someone = visitor(first.assessor)
    assessor = Assessor(someone, first).open()
    for place in range(3):
        assessor.fill(place, "4", "Good")
    assessor.waits_for("saved")

    def lose_the_receipt(route):
        if "submit" in (route.request.post_data or ""):
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    someone.page.route(SAVE, lose_the_receipt)
    button = someone.page.get_by_role("button", name="Submit your scores")
    button.click()
    assessor.waits_for("unsent")
    assert Assignment.objects.get(pk=first.pk).state == Assignment.State.SCORED
    someone.page.unroute(SAVE)
    someone.complaints.clear()
    with someone.page.expect_navigation():
        button.dblclick()
    someone.reads("Your scores are submitted.")
    assert Assessment.objects.get(assignment=first).version <= 3


def test_the_time_is_counted_while_somebody_works(visitor, assignments):
    first, _second = assignments
    assessor = Assessor(visitor(first.assessor), first).open()
    assessor.page.evaluate(
        "import('/static/js/scoring/time.js').then((time) => { window.time = time; })"
    )
    assessor.page.wait_for_function("() => time.seconds() >= 2")
    # A page that is not in sight does not count.
    assessor.page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})"
    )
    counted = assessor.page.evaluate(SECONDS)
    assessor.page.wait_for_timeout(2500)
    assert assessor.page.evaluate(SECONDS) <= counted + 1
    assessor.fill(0, "4", "Good").waits_for("saved")
    assert 2 <= Assessment.objects.get(assignment=first).seconds_spent <= counted + 1
    assert assessor.page.evaluate(SECONDS) == 0
