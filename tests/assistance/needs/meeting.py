"""Meetings for tests, made through the actions of the room."""

from dataclasses import replace
from datetime import timedelta

from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from demonstration.clock import on
from notices.actions.sending import send_notice
from notices.models import Notice
from vouchers.assistance.needs import actions
from vouchers.assistance.needs.models import Meeting


def ahead(days=3, hours=0):
    """A full hour that lies ahead (UTC)."""
    moment = timezone.now() + timedelta(days=days, hours=hours)
    return moment.replace(minute=0, second=0, microsecond=0)


def proposed(told, *times, by=None, **about):
    """A meeting that the officer (or `by`) proposes at the times."""
    return actions.propose_meeting(
        told.voucher,
        times=times or [ahead(3), ahead(4)],
        by=by or told.officer,
        **{"title": "First meeting", "place": "Beirut Digital District", **about},
    )


def agreed(told, *times, **about):
    """A meeting that the officer proposed, and to whose first time the manager agreed."""
    meeting = proposed(told, *times, **about)
    return actions.agree_to_time(meeting.slots.earliest("starts_at"), by=told.manager)


BOTH = (
    actions.AttendanceInput("Rami Khoury", "cluster", "QOOT", "Manager"),
    actions.AttendanceInput("Nadine", "partner", "Berytech"),
    actions.AttendanceInput("Somebody", "other", was_present=False),
)


def held(told, attendance=BOTH):
    """A meeting that was held two days ago, with who was there."""
    with on(timezone.now() - timedelta(days=3)):
        meeting = agreed(told, ahead(1))
    with on(timezone.now() - timedelta(days=1)):
        return actions.hold_meeting(meeting, attendance=attendance, by=told.officer)


def corrected_attendance(told):
    """A correction of who came to a meeting: somebody came after all."""
    came = [*BOTH[:2], replace(BOTH[2], was_present=True)]
    return actions.correct_attendance(
        held(told), attendance=came, seen=1, reason="She came later.", by=told.officer
    )


def entries_sent_to(person):
    """What the e-mails about meetings told the person's calendar, in order: (method, event)."""
    found = []
    for notice in Notice.objects.filter(recipient=person, kind__startswith="meeting-").order_by(
        "created_at"
    ):
        mail.outbox.clear()
        send_notice(notice.pk)
        for message in mail.outbox:
            found += [_entry(part) for part in calendar_parts(message)]
    return found


def calendar_parts(message):
    """The text/calendar parts of an e-mail, as MIME parts."""
    walked = message.message().walk()
    return [part for part in walked if part.get_content_type() == "text/calendar"]


def _entry(part):
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def standing(meeting):
    return Meeting.objects.get(pk=meeting.pk)
