"""A digest instead of a flood: one e-mail a day, made once, whatever dies in between."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from notices.actions import choose_delivery, mark_seen, notify
from notices.actions.digests import gather_digest, gather_due_digests
from notices.actions.sending import NOTICES, send_notice
from notices.models import Notice
from notices.queries.delivery import next_digest_at, route_for
from notices.tasks import gather_digests
from tests.documents.conftest import rendering_mark, wait_for, worker
from tests.people import log_in, person

__all__ = ["rendering_mark", "worker"]

pytestmark = pytest.mark.django_db

FACTS = {
    "reference": "SUV-2026-LB-0001",
    "cluster": "QOOT Cluster",
    "reason": "Name the people.",
    "amount": "5000.00",
    "accept_by": "2026-06-30",
}
TOMORROW = timedelta(days=1)


def reader(zone="Asia/Beirut", **choices):
    """A person who wants assistance once a day."""
    rana = person(language=choices.pop("language", "en"))
    User.objects.filter(pk=rana.pk).update(time_zone=zone)
    rana.refresh_from_db()
    choose_delivery(rana, {"assistance": "digest"}, by=rana)
    return rana


def written(recipient, kind="plan-approved"):
    notice = notify(recipient, kind, facts=FACTS, url="/")
    send_notice(notice.pk)
    return Notice.objects.get(pk=notice.pk)


def state_of(*notices):
    return [Notice.objects.get(pk=notice.pk).state for notice in notices]


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        (
            "Asia/Beirut",
            datetime(2026, 1, 5, 5, 59, tzinfo=UTC),
            datetime(2026, 1, 5, 6, tzinfo=UTC),
        ),
        (
            "Asia/Beirut",
            datetime(2026, 1, 5, 6, 0, tzinfo=UTC),
            datetime(2026, 1, 6, 6, tzinfo=UTC),
        ),
        (
            "Africa/Tunis",
            datetime(2026, 1, 5, 6, 0, tzinfo=UTC),
            datetime(2026, 1, 5, 7, tzinfo=UTC),
        ),
        # The night in which clocks go forward: eight o'clock comes an hour earlier in UTC.
        (
            "Europe/Brussels",
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            datetime(2026, 3, 29, 6, tzinfo=UTC),
        ),
    ],
)
def test_the_daily_e_mail_comes_at_eight_on_the_persons_own_clock(zone, now, morning):
    assert next_digest_at(reader(zone), now) == morning


def test_a_day_of_notices_is_one_e_mail(mailoutbox):
    rana = reader()
    first, second = written(rana), written(rana, "plan-returned")
    assert state_of(first, second) == ["held", "held"]
    assert gather_due_digests() == []
    (digest,) = gather_due_digests(timezone.now() + TOMORROW)
    assert send_notice(digest.pk) is True
    (message,) = mailoutbox
    assert message.subject == "2 new notices for you"
    for notice in (first, second):
        assert notice.subject in message.body
        assert notice.get_absolute_url() in message.body
    assert state_of(first, second) == ["sent", "sent"]


def test_the_digest_is_no_notice_to_read(client):
    rana = reader()
    notice = written(rana)
    gather_due_digests(timezone.now() + TOMORROW)
    Notice.objects.filter(kind="notice-digest").update(subject="1 new notice for you")
    page = log_in(client, rana).get("/notices/")
    assert [found.pk for found in page.context["page"]] == [notice.pk]


def test_what_was_read_in_the_portal_needs_no_e_mail_any_more(mailoutbox):
    rana = reader()
    notice = written(rana)
    mark_seen(notice, by=rana)
    assert gather_due_digests(timezone.now() + TOMORROW) == []
    assert state_of(notice) == ["kept"]


def test_an_arabic_digest_runs_from_right_to_left(mailoutbox):
    rana = reader(language="ar")
    written(rana)
    (digest,) = gather_due_digests(timezone.now() + TOMORROW)
    send_notice(digest.pk)
    html = mailoutbox[0].alternatives[0][0]
    assert '<html lang="ar" dir="rtl">' in html
    assert "<li" in html


def test_a_digest_stops_only_what_it_gathers(mailoutbox):
    rana = reader()
    written(rana)
    (digest,) = gather_due_digests(timezone.now() + TOMORROW)
    send_notice(digest.pk)
    assert digest.facts["topics"] == ["assistance"]
    assert "List-Unsubscribe" in mailoutbox[0].extra_headers


def test_more_than_five_e_mails_within_an_hour_are_gathered(mailoutbox):
    rana = person()
    notices = [written(rana) for _number in range(8)]
    assert state_of(*notices) == ["sent"] * 5 + ["held"] * 3
    # They come when the hour since the first is over, all in one.
    (until,) = {notice.hold_until for notice in notices[5:]}
    assert until == notices[0].created_at + timedelta(hours=1)
    (digest,) = gather_due_digests(until)
    send_notice(digest.pk)
    assert len(mailoutbox) == 6
    assert mailoutbox[-1].subject == "3 new notices for you"


def test_a_flood_never_holds_back_what_is_mandatory(mailoutbox):
    rana = person()
    for _number in range(6):
        written(rana)
    assert state_of(written(rana, "award-offered")) == ["sent"]


def test_mandatory_notices_make_no_flood():
    rana = person()
    for _number in range(6):
        written(rana, "award-offered")
    assert state_of(written(rana)) == ["sent"]


def test_after_the_hour_notices_come_one_by_one_again():
    rana = person()
    for _number in range(5):
        written(rana)
    Notice.objects.update(seen_at=timezone.now())
    later = timezone.now() + timedelta(hours=1, minutes=1)
    assert route_for(rana, "plan-approved", later).delivery == "now"


def test_the_task_writes_a_digest_once_however_often_it_runs():
    rana = reader()
    written(rana)
    late = timezone.now() - timedelta(minutes=1)
    Notice.objects.update(hold_until=late)
    assert gather_digests() == 1
    assert gather_digests() == 0
    assert Notice.objects.filter(kind="notice-digest").count() == 1


def test_a_lost_task_is_swept_up_and_sent_once(mailoutbox):
    rana = reader()
    notice = written(rana)
    (digest,) = gather_due_digests(timezone.now() + TOMORROW)
    # Nobody queued it: the worker died right after the row was committed.
    assert NOTICES.claim_due(timezone.now() + timedelta(minutes=1)) == [digest.pk]
    assert send_notice(digest.pk) is True
    assert send_notice(digest.pk) is False
    assert len(mailoutbox) == 1
    assert state_of(notice) == ["sent"]


def test_a_worker_that_dies_before_laying_aside_leaves_the_notice_to_the_next():
    rana = reader()
    notice = notify(rana, "plan-approved", facts=FACTS)
    assert state_of(notice) == ["pending"]
    assert NOTICES.claim_due(timezone.now() + timedelta(minutes=1)) == [notice.pk]
    send_notice(notice.pk)
    assert state_of(notice) == ["held"]


def test_what_a_failed_digest_gathered_has_failed_as_well(settings):
    rana = reader()
    notice = written(rana)
    (digest,) = gather_due_digests(timezone.now() + TOMORROW)
    Notice.objects.filter(pk=digest.pk).update(attempts=Notice.MAX_ATTEMPTS - 1)
    settings.EMAIL_BACKEND = "nowhere.Backend"
    assert send_notice(digest.pk) is False
    assert state_of(digest, notice) == ["failed", "failed"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_gather_once():
    """One holds the rows while the other comes: it passes them by, and finds them gathered."""
    rana = reader()
    written(rana)
    now = timezone.now() + TOMORROW
    found = []

    def other():
        found.append(gather_digest(rana, now=now))
        connection.close()

    with transaction.atomic():
        first = gather_digest(rana, now=now)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(20)
    assert first is not None
    assert found == [None]
    assert gather_digest(rana, now=now) is None


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_lays_aside_gathers_and_sends(worker):
    worker()
    rana = reader()
    notice = notify(rana, "plan-approved", facts=FACTS)
    wait_for(lambda: state_of(notice) == ["held"])
    Notice.objects.filter(pk=notice.pk).update(hold_until=timezone.now() - timedelta(minutes=1))
    gather_digests.delay()
    wait_for(lambda: state_of(notice) == ["sent"])
    (digest,) = Notice.objects.filter(kind="notice-digest")
    assert digest.state == "sent"
    assert Notice.objects.get(pk=notice.pk).gathered_in == digest
