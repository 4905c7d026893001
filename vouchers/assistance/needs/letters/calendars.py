"""Meetings as calendars read them (RFC 5545, RFC 5546), in the active language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event, vCalAddress, vText

from accounts.models import User
from notices.models import CalendarPart
from vouchers.assistance.needs.models import Meeting

_MAKER = "-//THE NEXT SOCIETY//Voucher portal//EN"


def invitation(meeting: Meeting, people: Iterable[User]) -> CalendarPart:
    """The message to a calendar about an agreed meeting: it is on, it moved, or it is off.

    `people` are invited besides the organiser. The same UID throughout, and a SEQUENCE that rises,
    let every calendar keep one entry.
    """
    off = meeting.state == Meeting.State.CANCELLED
    method = "CANCEL" if off else "REQUEST"
    calendar = _calendar()
    calendar.add("method", method)
    event = _event(meeting)
    event["organizer"] = _address(meeting.organiser, _partner_name(meeting))
    for person in people:
        if person.pk == meeting.organiser_id:
            continue
        attendee = _address(person, str(person))
        attendee.params["role"] = vText("REQ-PARTICIPANT")
        # The time was agreed on in the portal: nobody need answer the e-mail.
        attendee.params["rsvp"] = vText("FALSE")
        event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    return CalendarPart(method=method, text=calendar.to_ical().decode())


def feed(meetings: Iterable[Meeting]) -> bytes:
    """The meetings as a calendar that programs fetch; cancelled ones say so.

    The same meetings give the same bytes.
    """
    calendar = _calendar()
    calendar.add("name", _("THE NEXT SOCIETY: meetings"))
    calendar.add("x-wr-calname", _("THE NEXT SOCIETY: meetings"))
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return calendar.to_ical()


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    return calendar


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"{meeting.uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", _changed_at(meeting).astimezone(UTC))
    event.add("dtstart", _of(meeting.starts_at).astimezone(UTC))
    event.add("dtend", _of(meeting.ends_at).astimezone(UTC))
    event.add("summary", f"{meeting.title} · {meeting.voucher.award.application.cluster}")
    event.add("description", _description(meeting))
    if place := meeting.place or meeting.link:
        event.add("location", place)
    event.add("url", f"{settings.SITE_URL}{meeting.get_absolute_url()}")
    off = meeting.state == Meeting.State.CANCELLED
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    return event


def _description(meeting: Meeting) -> str:
    lines = [pgettext("calendar entry", "Voucher %s") % meeting.voucher.reference]
    if meeting.cancel_reason:
        lines.append(_("Cancelled: %(reason)s") % {"reason": meeting.why_cancelled})
    elif meeting.move_reason and meeting.sequence and not meeting.turn:
        lines.append(_("Moved: %(reason)s") % {"reason": meeting.move_reason})
    lines += [meeting.agenda, meeting.link, f"{settings.SITE_URL}{meeting.get_absolute_url()}"]
    return "\n".join(line for line in lines if line)


def _changed_at(meeting: Meeting) -> datetime:
    """When the entry was last changed: what stands gives the same bytes at each fetch."""
    return meeting.cancelled_at or meeting.agreed_at or timezone.now()


def _of(instant: datetime | None) -> datetime:
    if instant is None:
        raise ValueError("A meeting without a time stands in no calendar.")
    return instant


def _address(person: User | None, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email if person else ''}")
    address.params["cn"] = vText(name)
    return address


def _partner_name(meeting: Meeting) -> str:
    return str(meeting.voucher.country.partner)
