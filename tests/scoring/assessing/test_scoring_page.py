"""The page on which an assessor scores: drafts, gaps, two windows."""

from decimal import Decimal

import pytest

from tests.making import LB
from tests.scoring.assessing.scoring_page import (
    assessor,
    assignment,
    autosave,
    criteria_of,
    fresh,
    one_criterion,
    sheet,
    story,
    texts,
    told,
)
from vouchers.scoring.assessing.models import Assessment, Assignment

__all__ = ["assessor", "assignment", "story", "told"]

pytestmark = pytest.mark.django_db


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
