"""A workbook that came back: what each of its rows would change."""

from decimal import Decimal

import pytest

from accounts.models import User
from tests.people import log_in
from tests.scoring.offline.workbooks import (
    assessor,
    downloaded,
    file_of,
    fill,
    mine,
    story,
    take,
    told,
    upload,
)
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.models import Assessment, Assignment, Score
from vouchers.scoring.offline.models import ReturnedWorkbook
from vouchers.scoring.ranking.actions import close_scoring

__all__ = ["assessor", "mine", "story", "told"]

pytestmark = pytest.mark.django_db


def problems(page):
    return {row.number: row.problems for row in page.context["rows"] if row.problems}


def test_a_score_off_the_scale_is_said_beside_its_row_and_the_others_are_saved(
    client, told, mine, assessor
):
    first, second, third = told.call.criteria.all()
    book = downloaded(client, told.call)
    off = fill(book, mine[0], first, score=4.3, strengths="Good")
    high = fill(book, mine[0], second, score=9)
    word = fill(book, mine[0], third, score="four")
    fill(book, mine[1], first, score="3,5", weaknesses="Short")
    page = upload(client, told.call, file_of(book))
    assert set(problems(page)) == {off, high, word}
    assert problems(page)[off] == ["“4.3” is not on the scale: from 1 to 5 in steps of 0.5."]
    take(client, page)
    assert list(Score.objects.values_list("assessment__assignment", "value", "weaknesses")) == [
        (mine[1].pk, Decimal("3.50"), "Short")
    ]


def test_a_row_that_was_not_downloaded_and_a_row_twice_are_refused(client, told, mine, assessor):
    first = told.call.criteria.first()
    book = downloaded(client, told.call)
    number = fill(book, mine[0], first, score=4, strengths="Good")
    sheet = book["Scores"]
    sheet.append([f"{mine[0].pk}-{first.pk}", "", "", "", "", 5, "Better", ""])
    sheet.append(["999-1", "SUV-2026-XX-0001", "", "", "", 5, "Foreign", ""])
    page = upload(client, told.call, file_of(book))
    assert problems(page) == {
        sheet.max_row - 1: [f"The same row stands in row {number} of the sheet."],
        sheet.max_row: ["This row was not in the workbook that you downloaded."],
    }


def test_a_row_of_somebody_else_is_not_one_of_ours(client, told, mine, assessor):
    """A key of another assessor's assignment, typed into one's own file, reaches nothing."""
    theirs = Assignment.objects.filter(application=mine[0].application).exclude(assessor=assessor)[
        0
    ]
    first = told.call.criteria.first()
    book = downloaded(client, told.call)
    book["Scores"].append([f"{theirs.pk}-{first.pk}", "", "", "", "", 5, "Mine now", ""])
    page = upload(client, told.call, file_of(book))
    assert list(problems(page).values()) == [
        ["This row was not in the workbook that you downloaded."]
    ]
    assert "No row of this workbook can be taken over." in take(client, page).content.decode()


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        ("conflict", "You have declared a conflict of interest since"),
        ("released", "You are no longer asked to score this application."),
        ("submitted", "You have submitted your scores on the portal since."),
    ],
)
def test_what_happened_meanwhile_keeps_the_rows_out(client, told, mine, assessor, happens, said):
    criteria = list(told.call.criteria.all())
    book = downloaded(client, told.call)
    lost = [fill(book, mine[0], criterion, score=2, weaknesses="x") for criterion in criteria]
    fill(book, mine[1], criteria[0], score=4, strengths="Still mine")
    if happens == "conflict":
        assessing_actions.declare_conflict(
            mine[0], kind="family", conflict="A cousin.", by=assessor
        )
    elif happens == "released":
        assessing_actions.release_assessor(mine[0], reason="Ill", by=told.cast.officer("LB"))
    else:
        scores = {criterion.pk: ScoreInput(Decimal(4), "Good") for criterion in criteria}
        assessing_actions.save_assessment(mine[0], scores, comment="", by=assessor)
        assessing_actions.submit_assessment(mine[0], by=assessor)
    page = upload(client, told.call, file_of(book))
    assert set(problems(page)) == set(lost)
    assert said in problems(page)[lost[0]][0]
    take(client, page)
    assert Score.objects.get(strengths="Still mine").assessment.assignment == mine[1]
    assert not Score.objects.filter(weaknesses="x").exists()


def test_what_changed_on_the_portal_too_shows_both_texts_and_is_kept_unless_ticked(
    client, told, mine, assessor
):
    first, second, _third = told.call.criteria.all()
    assessing_actions.save_assessment(
        mine[0],
        {pk: ScoreInput(Decimal(3), "As downloaded") for pk in (first.pk, second.pk)},
        comment="A remark",
        by=assessor,
    )
    book = downloaded(client, told.call)
    for criterion in (first, second):
        fill(book, mine[0], criterion, score=4, strengths="From the workbook")
    assessing_actions.save_assessment(
        mine[0],
        {first.pk: ScoreInput(Decimal(2), "From the portal")},
        comment="A remark",
        by=assessor,
    )
    page = upload(client, told.call, file_of(book))
    assert (page.context["clashing"], page.context["valid"]) == (1, 1)
    html = page.content.decode()
    assert "From the workbook" in html
    assert "From the portal" in html
    returned = page.context["returned"]
    take(client, page)
    assert Score.objects.get(criterion=first).strengths == "From the portal"
    assert Score.objects.get(criterion=second).strengths == "From the workbook"
    assert not ReturnedWorkbook.objects.filter(pk=returned.pk).exists()
    page = upload(client, told.call, file_of(book))
    take(client, page, also=[f"{mine[0].pk}-{first.pk}"])
    assert Score.objects.get(criterion=first).strengths == "From the workbook"
    assert Assessment.objects.get(assignment=mine[0]).comment == "A remark"


def test_rows_that_nobody_touched_do_not_undo_what_changed_on_the_portal(
    client, told, mine, assessor
):
    first, second, _third = told.call.criteria.all()
    book = downloaded(client, told.call)
    fill(book, mine[0], second, score=4, strengths="Offline")
    assessing_actions.save_assessment(
        mine[0], {first.pk: ScoreInput(Decimal(5), "Online")}, comment="", by=assessor
    )
    page = upload(client, told.call, file_of(book))
    assert [row.criterion for row in page.context["rows"]] == [second]
    take(client, page)
    assert Score.objects.get(criterion=first).strengths == "Online"


def test_a_change_between_the_look_and_the_confirmation_asks_to_look_again(
    client, told, mine, assessor
):
    first = told.call.criteria.first()
    book = downloaded(client, told.call)
    fill(book, mine[0], first, score=4, strengths="Offline")
    page = upload(client, told.call, file_of(book))
    assessing_actions.save_assessment(
        mine[0], {first.pk: ScoreInput(Decimal(5), "Online")}, comment="", by=assessor
    )
    # Ticked all the same: what the person compared the file with is no longer what stands there.
    answer = take(client, page, also=[f"{mine[0].pk}-{first.pk}"])
    assert "changed on the portal while you looked" in answer.content.decode()
    assert Score.objects.get(criterion=first).strengths == "Online"


def test_nothing_is_taken_once_the_scoring_is_closed(client, story):
    told, (application, other) = story
    for each in (application, other):
        told.score_fully(each, ("4", "4", "4"))
    late = told.cast.officer("LB")
    User.objects.filter(pk=late.pk).update(language="en")
    late.refresh_from_db()
    assignment = assessing_actions.assign_assessor(application, late, by=told.cast.officer("LB"))
    assessing_actions.declare_no_conflict(assignment, by=late)
    log_in(client, late)
    book = downloaded(client, told.call)
    fill(book, assignment, told.call.criteria.first(), score=4, strengths="Late")
    page = upload(client, told.call, file_of(book))
    assert page.context["valid"] == 1
    close_scoring(told.call, by=told.cast.coordinators[0])
    assert "The scoring of this call is closed." in take(client, page).content.decode()
    refused = upload(client, told.call, file_of(book))
    assert "The scoring of this call is closed." in str(refused.context["form"].errors)
    assert not Score.objects.filter(strengths="Late").exists()
