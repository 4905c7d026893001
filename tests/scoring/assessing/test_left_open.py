"""Pages of an assessor that were left open, and what closes them."""

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
    one_criterion,
    sheet,
    story,
    texts,
    told,
)
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.models import Assessment, Assignment, Score

__all__ = ["assessor", "assignment", "story", "told"]

pytestmark = pytest.mark.django_db


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
