"""Assignments that do not go as planned: declined, late, given more time, taken over by another."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conduct.actions import OutOfOrder, Refused
from notices.models import Notice
from tests.making import LB, LB_SECOND, MA, closed_story
from tests.people import log_in
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.actions import remind_of_assessments
from vouchers.scoring.assessing.models import AssessorProfile, Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND, MA)


@pytest.fixture
def officer(story):
    told, _applications = story
    return told.cast.officer("LB")


@pytest.fixture
def assignment(story):
    """Asked, and not yet declared."""
    told, (application, *_others) = story
    return actions.assign_assessor(application, told.cast.assessors[0], by=told.cast.officer("LB"))


def page_of(client, person, name, *args):
    return log_in(client, person).get(reverse(f"scoring:{name}", args=args))


def send(client, person, name, assignment, **typed):
    return log_in(client, person).post(
        reverse(f"scoring:{name}", args=[assignment.pk]), typed, follow=True
    )


def told_of(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def test_who_declines_says_why_and_the_partner_hears_it(client, assignment, officer):
    assessor = assignment.assessor
    page = send(client, assessor, "decline", assignment, reason="").content.decode()
    assert "invalid" in page
    assignment.refresh_from_db()
    assert assignment.state == Assignment.State.ASSIGNED
    send(client, assessor, "decline", assignment, reason="I am on leave.")
    assignment.refresh_from_db()
    assert assignment.state == Assignment.State.DECLINED
    assert told_of("scoring-declined") == {officer.email}
    shown = page_of(client, officer, "application", assignment.application_id).content.decode()
    assert "I am on leave." in shown
    assert reverse("scoring:replace", args=[assignment.pk]) in shown


def test_what_was_declined_is_closed_to_who_declined_it(client, assignment):
    cleared = actions.declare_no_conflict(assignment, by=assignment.assessor)
    attachment = cleared.application.attachments.get()
    actions.decline_assignment(cleared, reason="Too much to do.", by=assignment.assessor)
    log_in(client, assignment.assessor)
    address = reverse("scoring:attachment", args=[assignment.pk, attachment.pk])
    assert client.get(address).status_code == 404
    assert LB.mission not in client.get(assignment.get_absolute_url()).content.decode()


def test_submitted_scores_cannot_be_declined_away(story):
    told, (application, *_others) = story
    assignment = told.assign(application, 1)[0]
    told.score(assignment, ("4", "4", "4"))
    assignment.refresh_from_db()
    with pytest.raises(OutOfOrder):
        actions.decline_assignment(assignment, reason="After all", by=assignment.assessor)


def test_more_time_is_for_that_assessor_and_they_are_told(client, story, assignment, officer):
    told, _applications = story
    other = actions.assign_assessor(assignment.application, told.cast.assessors[1], by=officer)
    later = timezone.localtime(assignment.due_at + timedelta(days=2)).replace(
        second=0, microsecond=0
    )
    send(
        client,
        officer,
        "extend",
        assignment,
        due_at=later.strftime("%Y-%m-%dT%H:%M"),
        reason="The power was cut.",
    )
    before = other.due_at
    assignment.refresh_from_db()
    other.refresh_from_db()
    assert abs(assignment.due_at - later) < timedelta(hours=4)
    assert other.due_at == before
    assert told_of("scoring-extended") == {assignment.assessor.email}


def test_more_time_never_ends_in_the_past(client, assignment, officer):
    page = send(
        client, officer, "extend", assignment, due_at="2020-01-01T10:00", reason="Late"
    ).content.decode()
    assert "must lie ahead" in page
    assert "2020-01-01T10:00" in page
    assert not Notice.objects.filter(kind="scoring-extended").exists()


def test_somebody_else_takes_the_place_of_one_with_a_conflict(client, story, assignment, officer):
    told, _applications = story
    actions.declare_conflict(
        assignment, kind="family", conflict="A cousin works there.", by=assignment.assessor
    )
    stand_in = told.cast.assessors[1]
    send(client, officer, "replace", assignment, assessor=stand_in.pk, reason="Conflict")
    made = Assignment.objects.get(assessor=stand_in)
    assert made.replaces == assignment
    assignment.refresh_from_db()
    assert assignment.state == Assignment.State.CONFLICTED
    shown = page_of(client, officer, "application", assignment.application_id).content.decode()
    assert f"in place of {assignment.assessor}" in shown
    assert reverse("scoring:replace", args=[assignment.pk]) not in shown
    with pytest.raises(Refused, match="already"):
        actions.replace_assessor(assignment, told.cast.assessors[2], reason="Again", by=officer)


def test_who_is_late_is_released_when_somebody_else_is_asked(story, assignment, officer):
    told, _applications = story
    actions.replace_assessor(assignment, told.cast.assessors[1], reason="Late", by=officer)
    assignment.refresh_from_db()
    assert assignment.state == Assignment.State.RELEASED
    assert told_of("scoring-assigned") == {
        assignment.assessor.email,
        told.cast.assessors[1].email,
    }


def test_who_may_not_score_the_application_stands_in_for_nobody(client, assignment, officer):
    applicant = assignment.application.started_by
    page = send(client, officer, "replace", assignment, assessor=applicant.pk, reason="Late")
    assert "not one of the available choices" in page.content.decode()
    assert Assignment.objects.count() == 1


def test_another_country_finds_none_of_it(client, story, assignment):
    told, _applications = story
    log_in(client, told.cast.officer("MA"))
    for name in ("extend", "replace", "release"):
        assert client.get(reverse(f"scoring:{name}", args=[assignment.pk])).status_code == 404


def test_reminders_come_before_the_last_day_and_word_to_the_partner_after_it(assignment, officer):
    due = assignment.due_at
    assert remind_of_assessments(due - timedelta(days=4)) == 0
    for days in (3, 1):
        assert remind_of_assessments(due - timedelta(days=days)) == 1
        assert remind_of_assessments(due - timedelta(days=days)) == 0
    assert told_of("scoring-due") == {assignment.assessor.email}
    assert not told_of("scoring-late")
    assert remind_of_assessments(due + timedelta(minutes=1)) == 1
    assert remind_of_assessments(due + timedelta(days=1)) == 0
    assert told_of("scoring-late") == {officer.email}


def test_reminders_begin_again_after_more_time(assignment, officer):
    remind_of_assessments(assignment.due_at - timedelta(days=1))
    actions.extend_assignment(
        assignment,
        due_at=assignment.due_at + timedelta(days=5),
        reason="The power was cut.",
        by=officer,
    )
    assignment.refresh_from_db()
    assert remind_of_assessments(assignment.due_at - timedelta(days=1)) == 1


def test_who_submitted_is_not_reminded(story):
    told, (application, *_others) = story
    assignment = told.assign(application, 1)[0]
    told.score(assignment, ("4", "4", "4"))
    assignment.refresh_from_db()
    assert remind_of_assessments(assignment.due_at - timedelta(hours=1)) == 0


def test_an_officer_sees_on_their_home_page_who_is_late(client, assignment, officer):
    Assignment.objects.update(due_at=timezone.now() - timedelta(hours=1))
    home = log_in(client, officer).get(reverse("dashboards:home")).content.decode()
    assert "assessors who are late" in home


def test_the_last_day_moves_for_all_but_who_has_a_day_of_their_own(
    client, story, assignment, officer
):
    told, _applications = story
    other = actions.assign_assessor(assignment.application, told.cast.assessors[1], by=officer)
    actions.extend_assignment(
        assignment, due_at=assignment.due_at + timedelta(days=9), reason="Leave", by=officer
    )
    assignment.refresh_from_db()
    own = assignment.due_at
    later = timezone.localtime(other.due_at + timedelta(days=2)).replace(second=0, microsecond=0)
    log_in(client, told.cast.coordinators[0]).post(
        reverse("scoring:due", args=[told.call.slug]),
        {"due_at": later.strftime("%Y-%m-%dT%H:%M"), "reason": "Strikes"},
    )
    assignment.refresh_from_db()
    before = other.due_at
    other.refresh_from_db()
    assert assignment.due_at == own
    assert other.due_at > before + timedelta(days=1)


def test_assessors_say_what_they_can_judge(client, story):
    told, _applications = story
    assessor = told.cast.assessors[0]
    log_in(client, assessor)
    address = reverse("scoring:profile")
    typed = {"organisation": "Institute of Agronomy", "languages": ["fr"], "sectors": ["01", "10"]}
    typed |= {"capacity": "0", "country": "LB"}
    page = client.post(address, typed).content.decode()
    assert "Institute of Agronomy" in page
    assert "A · Agriculture, forestry and fishing" in page
    ticked = re.findall(r'name="sectors" value="(\d+)"[^>]* checked', page)
    assert ticked == ["01", "10"]
    assert not AssessorProfile.objects.filter(
        user=assessor, organisation="Institute of Agronomy"
    ).exists()
    client.post(address, typed | {"capacity": "4"})
    profile = AssessorProfile.objects.get(user=assessor)
    assert (profile.languages, profile.sectors, profile.capacity) == (["fr"], ["01", "10"], 4)
    assert log_in(client, told.cast.manager(LB.name, "LB", "en")).get(address).status_code == 404
