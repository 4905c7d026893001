"""The page on which an assessor scores: saving, two windows, submitting, correcting, blindness."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.making import LB, LB_SECOND, LB_THIRD, closed_story
from tests.people import log_in
from vouchers.scoring import actions
from vouchers.scoring.actions import ScoreInput
from vouchers.scoring.forms import AssessmentForm
from vouchers.scoring.models import Assessment, Assignment, Score
from vouchers.scoring.worklist import next_after, progress_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND, LB_THIRD)


@pytest.fixture
def told(story):
    return story[0]


@pytest.fixture
def assignment(story):
    told, (application, *_others) = story
    assigned = told.assign(application, 2)[0]
    return actions.declare_no_conflict(assigned, by=assigned.assessor)


@pytest.fixture
def assessor(client, assignment):
    """The client of the assessor, who has declared no conflict."""
    return log_in(client, assignment.assessor)


def criteria_of(assignment):
    return list(assignment.application.call.criteria.all())


def sheet(assignment, *, value="4", strengths="Clear", weaknesses="", comment="", **seen):
    """What a browser without JavaScript sends of a whole sheet."""
    data = {"comment": comment, "seen_0": seen.get("comment", 0)}
    for criterion in criteria_of(assignment):
        data |= {
            f"score_{criterion.pk}": value,
            f"strengths_{criterion.pk}": strengths,
            f"weaknesses_{criterion.pk}": weaknesses,
            f"seen_{criterion.pk}": seen.get("version", 0),
        }
    return data


def autosave(client, assignment, **data):
    """What the page sends while one types."""
    return client.post(
        reverse("scoring:save", args=[assignment.pk]),
        {"person": assignment.assessor_id, **data},
    )


def one_criterion(criterion, *, value="4", strengths="Clear", weaknesses="", seen=0):
    return {
        f"score_{criterion.pk}": value,
        f"strengths_{criterion.pk}": strengths,
        f"weaknesses_{criterion.pk}": weaknesses,
        f"seen_{criterion.pk}": seen,
    }


def texts(assignment):
    return list(
        Score.objects.filter(assessment__assignment=assignment).values_list(
            "value", "strengths", "weaknesses"
        )
    )


def fresh(record):
    return type(record)._default_manager.get(pk=record.pk)


def test_each_criterion_stands_beside_the_answers_that_feed_it(assessor, assignment):
    page = assessor.get(assignment.get_absolute_url())
    shown = page.context["sheet"]
    by_criterion = {
        part.row.criterion.pk: [item.question.criterion_id for item in part.items]
        for part in shown.parts
    }
    assert [*by_criterion] == [criterion.pk for criterion in criteria_of(assignment)]
    assert all(items and set(items) == {pk} for pk, items in by_criterion.items())
    assert shown.others
    assert {item.question.criterion_id for item in shown.others} == {None}
    html = page.content.decode()
    # Guidance, what the scores mean, and half points.
    assert "The right step at the right time; lasting effects for many members." in html
    assert 'value="4.5"' in html
    assert LB.voucher_use in html


def test_a_draft_is_saved_without_javascript_and_shown_again(assessor, assignment):
    page = assessor.post(
        assignment.get_absolute_url(),
        sheet(assignment, value="", strengths="Good so far", comment="For later"),
        follow=True,
    )
    assert "Your scores are saved; you can go on later." in page.content.decode()
    assert texts(assignment) == [(None, "Good so far", "")] * 3
    assert "For later" in page.content.decode()
    assert fresh(assignment).state == Assignment.State.CLEARED


def test_what_is_missing_is_told_beside_each_criterion_and_nothing_is_lost(assessor, assignment):
    first, second, third = criteria_of(assignment)
    data = sheet(assignment) | {
        f"score_{first.pk}": "",
        f"score_{second.pk}": "2",
        f"strengths_{third.pk}": "   ",
        "go": "submit",
    }
    page = assessor.post(assignment.get_absolute_url(), data)
    problems = {part.row.criterion.pk: part.row.problems for part in page.context["sheet"].parts}
    assert problems == {
        first.pk: [f"Please score: {first}"],
        second.pk: [f"A score below the threshold needs strengths and weaknesses: {second}"],
        third.pk: [f"Please give the reason for your score: {third}"],
    }
    assert fresh(assignment).state == Assignment.State.CLEARED
    assert [value for value, *_ in texts(assignment)] == [None, Decimal(2), Decimal(4)]
    # What was saved is no conflict with oneself: the mended sheet goes through.
    html = page.content.decode()
    assert html.count('name="seen_') == 4
    mended = sheet(assignment, value="2", weaknesses="Vague", version=1) | {"go": "submit"}
    assessor.post(assignment.get_absolute_url(), mended)
    assert fresh(assignment).state == Assignment.State.SCORED


def test_a_score_off_the_scale_is_refused_beside_its_field_and_nothing_is_lost(
    assessor, assignment
):
    first = criteria_of(assignment)[0]
    data = sheet(assignment, strengths="A careful reason") | {f"score_{first.pk}": "4.3"}
    page = assessor.post(assignment.get_absolute_url(), data)
    part = page.context["sheet"].parts[0]
    assert part.row.problems == ["A score goes from 1 to 5 in steps of 0.5."]
    assert page.content.decode().count("A careful reason") == 3
    assert texts(assignment) == []
    refused = autosave(assessor, assignment, **one_criterion(first, value="6"))
    assert (refused.status_code, refused.json()) == (
        409,
        {"refused": "A score goes from 1 to 5 in steps of 0.5."},
    )


def test_typing_saves_what_changed_and_tells_what_is_missing(assessor, assignment):
    first, second, _third = criteria_of(assignment)
    told = autosave(assessor, assignment, **one_criterion(first, strengths="Clear \r\n")).json()
    assert told["saved"] == {str(first.pk): 1}
    assert [told["overtaken"], told["changed"]] == [[], []]
    assert str(first.pk) not in told["problems"]
    assert told["problems"][str(second.pk)] == [f"Please score: {second}"]
    # As it was typed, with one kind of line ends.
    assert texts(assignment) == [(Decimal(4), "Clear \n", "")]
    # The same once more, since its receipt was lost: it is no other version.
    told = autosave(assessor, assignment, **one_criterion(first, strengths="Clear \r\n")).json()
    assert (told["saved"], told["overtaken"]) == ({str(first.pk): 1}, [])
    assert Assessment.objects.get().version == 1


def test_of_two_windows_neither_overwrites_the_other(assessor, assignment):
    first, second, _third = criteria_of(assignment)
    autosave(assessor, assignment, **one_criterion(first, strengths="From the second window"))
    answer = autosave(
        assessor,
        assignment,
        **one_criterion(first, value="1", strengths="From the first window"),
        **one_criterion(second),
        comment="Mine",
        seen_0=0,
    ).json()
    assert answer["saved"] == {str(second.pk): 2, "0": 2}
    [overtaken] = answer["overtaken"]
    assert (overtaken["question"], overtaken["version"]) == (first.pk, 1)
    assert overtaken["rows"] == [
        {"value": "4", "strengths": "From the second window", "weaknesses": ""}
    ]
    assert texts(assignment)[0] == (Decimal(4), "From the second window", "")
    # A window that asks what happened is told what it does not show yet.
    told = autosave(assessor, assignment, **{f"seen_{first.pk}": 1, "seen_0": 0}).json()
    assert [(item["question"], item["text"]) for item in told["changed"]] == [(0, "Mine")]
    # With the version of the other seen, one's own replaces it.
    autosave(assessor, assignment, **one_criterion(first, strengths="Joined", seen=1))
    assert texts(assignment)[0] == (Decimal(4), "Joined", "")


def test_without_javascript_both_are_shown_and_saving_again_replaces(assessor, assignment):
    first = criteria_of(assignment)[0]
    autosave(
        assessor,
        assignment,
        **one_criterion(first, strengths="From elsewhere"),
        comment="A comment from elsewhere",
        seen_0=0,
    )
    page = assessor.post(
        assignment.get_absolute_url(), sheet(assignment, strengths="Mine", comment="My comment")
    )
    html = page.content.decode()
    assert "From elsewhere" in html
    assert "A comment from elsewhere" in html
    assert "My comment" in html
    assert html.count("You changed this in another window meanwhile.") == 2
    assert texts(assignment)[0][1] == "From elsewhere"
    versions = {part.row.criterion.pk: part.row.version for part in page.context["sheet"].parts}
    again = sheet(assignment, strengths="Mine", comment="My comment", comment_version=1)
    again |= {f"seen_{pk}": version for pk, version in versions.items()}
    again["seen_0"] = page.context["sheet"].comment_version
    assessor.post(assignment.get_absolute_url(), again)
    assert [strengths for _value, strengths, _weak in texts(assignment)] == ["Mine"] * 3
    assert fresh(assignment).assessment.comment == "My comment"


def test_a_double_click_submits_once(assessor, assignment):
    data = sheet(assignment) | {"go": "submit"}
    for _click in range(2):
        answer = assessor.post(assignment.get_absolute_url(), data)
        assert answer.status_code == 302
    assert fresh(assignment).state == Assignment.State.SCORED
    assert fresh(assignment).assessment.version == 1
    told = autosave(assessor, assignment, submit=1).json()
    assert told["url"] == assignment.get_absolute_url()


def test_submitting_from_the_page_leads_on_or_tells_what_is_missing(assessor, assignment):
    first, *_others = criteria_of(assignment)
    told = autosave(assessor, assignment, **one_criterion(first), submit=1).json()
    assert "url" not in told
    assert len(told["problems"]) == 2
    told = autosave(assessor, assignment, **sheet(assignment, version=1), submit=1).json()
    assert told["problems"] == {}
    assert told["url"] == assignment.get_absolute_url()
    assert fresh(assignment).state == Assignment.State.SCORED


def test_after_the_closing_it_is_too_late_and_the_text_stays_in_the_page(assessor, assignment):
    close(assignment)
    page = assessor.post(
        assignment.get_absolute_url(), sheet(assignment, strengths="Too late") | {"go": "submit"}
    )
    html = page.content.decode()
    assert "The scoring of this call is closed. Nothing is saved yet; what you typed is below." in (
        " ".join(html.split())
    )
    assert html.count("Too late") == 3
    assert texts(assignment) == []
    first = criteria_of(assignment)[0]
    answer = autosave(assessor, assignment, **one_criterion(first))
    assert (answer.status_code, answer.json()) == (
        409,
        {"refused": "The scoring of this call is closed."},
    )


def close(assignment):
    scoring_round = assignment.application.call.scoring_round
    scoring_round.state = "closed"
    scoring_round.closed_by, scoring_round.closed_at = assignment.assigned_by, timezone.now()
    scoring_round.save()


def test_a_window_left_open_after_submitting_gets_back_what_it_typed(assessor, assignment):
    assessor.post(assignment.get_absolute_url(), sheet(assignment) | {"go": "submit"})
    page = assessor.post(
        assignment.get_absolute_url(), sheet(assignment, strengths="Later thoughts")
    )
    html = page.content.decode()
    assert "Take them up again to correct them." in html
    assert html.count("Later thoughts") == 3
    assert [strengths for _value, strengths, _weak in texts(assignment)] == ["Clear"] * 3


def test_a_conflict_declared_in_the_middle_closes_the_other_window(assessor, assignment):
    first = criteria_of(assignment)[0]
    autosave(assessor, assignment, **one_criterion(first))
    actions.declare_conflict(
        assignment, kind="family", conflict="My sister works there.", by=assignment.assessor
    )
    answer = autosave(assessor, assignment, **one_criterion(first, strengths="More", seen=1))
    assert answer.status_code == 410
    assert "This application is closed to you" in answer.json()["refused"]
    assert texts(assignment) == [(Decimal(4), "Clear", "")]
    assert assessor.get(assignment.get_absolute_url()).status_code == 404
    assert assessor.post(assignment.get_absolute_url(), sheet(assignment)).status_code == 404
    correct = reverse("scoring:correct", args=[assignment.pk])
    assert assessor.post(correct, {"reason": "Because"}).status_code == 404


def test_nobody_saves_for_another_person(told, assessor, assignment):
    first = criteria_of(assignment)[0]
    address = reverse("scoring:save", args=[assignment.pk])
    # Somebody else is logged in by now in the same browser.
    data = one_criterion(first) | {"person": assignment.assessor_id + 1}
    assert assessor.post(address, data).status_code == 401
    others = [told.cast.assessors[1], told.cast.officer("LB"), told.cast.coordinators[0]]
    for other in others:
        elsewhere = log_in(Client(), other)
        assert elsewhere.post(address, one_criterion(first)).status_code == 404
        assert elsewhere.get(reverse("scoring:session", args=[assignment.pk])).status_code == 404
    assert Client().post(address, one_criterion(first)).status_code == 401
    assert texts(assignment) == []


def test_nothing_is_saved_before_the_declaration(client, story):
    told, (_first, application, _third) = story
    waiting = told.assign(application, 1)[0]
    log_in(client, waiting.assessor)
    answer = autosave(client, waiting, **one_criterion(criteria_of(waiting)[0]))
    assert answer.status_code == 409
    assert not Score.objects.exists()


def test_a_page_that_was_left_open_asks_who_is_logged_in(assessor, assignment):
    answer = assessor.get(reverse("scoring:session", args=[assignment.pk])).json()
    assert answer["person"] == assignment.assessor_id
    assert answer["token"]
    assert Client().get(reverse("scoring:session", args=[assignment.pk])).status_code == 401


def test_time_spent_is_never_more_than_has_passed(assessor, assignment):
    first = criteria_of(assignment)[0]
    Assignment.objects.filter(pk=assignment.pk).update(
        declared_at=timezone.now() - timedelta(minutes=10)
    )
    told = autosave(assessor, assignment, **one_criterion(first), seconds=120).json()
    assert told["counted"] == 120
    assert Assessment.objects.get().seconds_spent == 120
    # A forged hour within the minute since.
    Assessment.objects.update(saved_at=timezone.now() - timedelta(seconds=60))
    autosave(assessor, assignment, seconds=3600)
    assert Assessment.objects.get().seconds_spent in (180, 181)
    assert Assessment.objects.get().version == 1
    autosave(assessor, assignment, seconds="-5")
    assert Assessment.objects.get().seconds_spent in (180, 181)


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
    with django_assert_num_queries(25):
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
