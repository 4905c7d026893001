"""Before the deadline, whoever has a draft is reminded: five times at most, each once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from demonstration.clock import on
from notices.actions import choose_delivery
from notices.models import Notice
from notices.wording.messages import write_text
from tests.making import LB, LB_SECOND, open_story
from vouchers.applications.actions import withdraw_application
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.correspondence.actions import remind_of_deadlines
from vouchers.correspondence.rules.reminders import REMINDERS, reminder_at
from vouchers.correspondence.tasks import remind_of_deadlines as task

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return open_story()


@pytest.fixture
def draft(story):
    draft = story.apply(LB, send=False)
    long_ago = timezone.now() - timedelta(days=19)
    Application.objects.filter(pk=draft.pk).update(started_at=long_ago)
    draft.refresh_from_db()
    return draft


def at(call, **before):
    return on(call.deadline - timedelta(**before) + timedelta(minutes=1))


def reminders():
    notices = Notice.objects.filter(kind__startswith="deadline-").order_by("created_at")
    return [notice.facts["hours"] for notice in notices]


def test_five_reminders_each_once(story, draft):
    for before in ({"days": 14}, {"days": 7}, {"days": 2}, {"hours": 24}, {"hours": 3}):
        with at(story.call, **before):
            assert remind_of_deadlines() == 1
            assert remind_of_deadlines() == 0
    assert reminders() == [336, 168, 48, 24, 3]


def test_nobody_is_reminded_before_the_first_or_after_the_deadline(story, draft):
    with at(story.call, days=15):
        assert remind_of_deadlines() == 0
    with at(story.call, minutes=1):
        assert remind_of_deadlines() == 0
    assert reminder_at(story.call.deadline, story.call.deadline) is None


def test_after_an_outage_one_reminder_comes_not_all_that_were_missed(story, draft):
    with at(story.call, days=1, hours=12):
        assert remind_of_deadlines() == 1
    assert reminders() == [48]


def test_what_is_sent_or_withdrawn_is_left_alone(story, draft):
    sent = story.apply(LB_SECOND)
    assert sent.state == "submitted"
    withdraw_application(draft, by=draft.started_by, reason="Next year.")
    with at(story.call, days=7):
        assert remind_of_deadlines() == 0


def test_a_draft_begun_after_a_reminder_fell_due_waits_for_the_next(story, draft):
    begun = story.call.deadline - timedelta(days=6)
    Application.objects.filter(pk=draft.pk).update(started_at=begun)
    with on(begun + timedelta(hours=1)):
        assert remind_of_deadlines() == 0
    with at(story.call, days=2):
        assert remind_of_deadlines() == 1


def test_an_extended_deadline_is_reminded_of_again(story, draft):
    with at(story.call, days=2):
        remind_of_deadlines()
    Call.objects.update(deadline=story.call.deadline + timedelta(days=10))
    story.call.refresh_from_db()
    with at(story.call, days=2):
        assert remind_of_deadlines() == 1
    assert reminders() == [48, 48]


@pytest.mark.parametrize(
    ("language", "zone", "city"),
    [
        ("en", "Asia/Beirut", "Beirut"),
        ("fr", "Africa/Tunis", "Tunis"),
        ("ar", "Africa/Casablanca", "الدار البيضاء"),
    ],
)
def test_a_reminder_says_what_is_missing_and_when_on_the_readers_clock(
    story, draft, language, zone, city
):
    User.objects.filter(pk=draft.started_by_id).update(language=language, time_zone=zone)
    with at(story.call, days=7):
        remind_of_deadlines()
    notice = Notice.objects.get(kind="deadline-coming")
    write_text(notice)
    assert city in notice.body
    assert len(notice.facts["missing"]) > 1
    for item in notice.facts["missing"]:
        assert item in notice.body
    assert notice.url == f"/applications/{draft.pk}/edit/"


def test_the_last_hours_do_not_wait_for_a_daily_e_mail(story, draft):
    choose_delivery(draft.started_by, {"reminders": "digest"}, by=draft.started_by)
    with at(story.call, days=7):
        remind_of_deadlines()
    with at(story.call, hours=3):
        remind_of_deadlines()
    assert list(
        Notice.objects.filter(kind__startswith="deadline-")
        .order_by("created_at")
        .values_list("delivery", flat=True)
    ) == ["digest", "now"]


def test_one_draft_that_fails_does_not_stop_the_others(story, draft, monkeypatch):
    other = story.apply(LB_SECOND, send=False)
    Application.objects.filter(pk=other.pk).update(started_at=draft.started_at)
    # A person whose language is gone makes the reminder of the first fail.
    User.objects.filter(pk=draft.started_by_id).update(language="")
    with at(story.call, days=7):
        remind_of_deadlines()
    told = Notice.objects.filter(kind="deadline-coming").values_list("recipient", flat=True)
    assert other.started_by_id in told


def test_beat_knows_the_task():
    entry = settings.CELERY_BEAT_SCHEDULE["remind-of-deadlines"]
    assert entry["task"] == task.name
    # Often enough that the last reminder comes near its hour.
    assert entry["schedule"] <= REMINDERS[-1].before.total_seconds() / 10
