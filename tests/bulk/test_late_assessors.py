"""Several late assessors asked for their scores at one press, from the list of scoring."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from conduct.actions import NotAllowed
from notices.models import Notice
from tests.bulk.choosing import choose, chosen, outcomes, press
from tests.making import LB, LB_SECOND, MA, closed_story
from tests.people import log_in, person
from vouchers.scoring.assessing import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND, MA)


@pytest.fixture
def late(story):
    """One of three applications has an assessor who is late; it is the day after."""
    told, (application, *_others) = story
    officer = told.cast.officer("LB")
    assignment = actions.assign_assessor(application, told.cast.assessors[0], by=officer)
    with time_machine.travel(assignment.due_at + timedelta(days=1), tick=False):
        yield assignment


def reminded(assignment):
    found = Notice.objects.filter(kind="scoring-overdue")
    assert {one.recipient for one in found} <= {assignment.assessor}
    return found.count()


def test_who_is_late_is_asked_once_a_day_and_the_others_are_left_alone(story, late):
    told, applications = story
    client = log_in(Client(), told.cast.officer("LB"))
    page = client.get(reverse("scoring:list")).content.decode()
    assert page.count('name="key"') == 2
    assert "Remind late assessors…" in page
    keys = [str(one.pk) for one in applications[:2]]
    run = chosen(client, "scoring", "remind", *keys)
    before = client.get(run.get_absolute_url()).content.decode()
    assert "Nobody is late with it, or it is not yours to ask." in before
    press(client, run)
    assert outcomes(run) == {keys[0]: "done", keys[1]: "refused"}
    assert reminded(late) == 1
    again = chosen(client, "scoring", "remind", keys[0])
    press(client, again)
    assert outcomes(again) == {keys[0]: "unchanged"}
    assert reminded(late) == 1
    with time_machine.travel(late.due_at + timedelta(days=2), tick=False):
        assert actions.remind_late_assessors(applications[0], by=told.cast.officer("LB"))
    assert reminded(late) == 2


def test_a_message_says_what_is_awaited(story, late):
    told, applications = story
    actions.remind_late_assessors(applications[0], by=told.cast.coordinators[0])
    notice = Notice.objects.get(kind="scoring-overdue")
    assert applications[0].reference in notice.subject
    assert notice.recipient == late.assessor


def test_before_the_last_instant_nobody_is_asked(story):
    told, applications = story
    officer = told.cast.officer("LB")
    actions.assign_assessor(applications[0], told.cast.assessors[0], by=officer)
    assert not actions.remind_late_assessors(applications[0], by=officer)


def test_another_country_and_who_only_reads_ask_nobody(story, late):
    told, applications = story
    with pytest.raises(NotAllowed):
        actions.remind_late_assessors(applications[0], by=told.cast.officer("MA"))
    auditor = log_in(Client(), person(role="auditor"))
    assert choose(auditor, "scoring", "remind", str(applications[0].pk)).status_code == 404
    assert 'name="key"' not in auditor.get(reverse("scoring:list")).content.decode()
    assert reminded(late) == 0
