"""What calendars are told: one event, however often it is moved; and the private address of a person."""

from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.actions import revoke_role
from accounts.models import RoleGrant, User
from notices.models import Notice
from notices.wording.messages import message_of, write_text
from tests.assistance.needs.meeting import (
    agreed,
    ahead,
    calendar_parts,
    entries_sent_to,
    proposed,
)
from tests.making import MA, voucher_story
from tests.people import log_in, person
from vouchers.assistance.needs import actions
from vouchers.assistance.needs.letters.calendars import invitation
from vouchers.assistance.needs.models import CalendarFeed

pytestmark = pytest.mark.django_db


def test_a_meeting_moved_twice_is_one_event_with_sequences_0_1_and_2():
    told = voucher_story()
    meeting = agreed(told, ahead(3))
    actions.move_meeting(meeting, starts_at=ahead(5), reason="Rain", by=told.officer)
    asked = actions.propose_times(meeting, times=[ahead(7)], by=told.manager, reason="A fair")
    actions.agree_to_time(asked.slots.get(proposal_number=2), by=told.officer)
    for reader in (told.manager, told.officer):
        entries = entries_sent_to(reader)
        assert [method for method, _event in entries] == ["REQUEST"] * 3
        assert len({str(event["UID"]) for _method, event in entries}) == 1
        assert [event["SEQUENCE"] for _method, event in entries] == [0, 1, 2]
        starts = [event["DTSTART"].dt for _method, event in entries]
        assert starts == [ahead(3), ahead(5), ahead(7)]
        assert {start.utcoffset() for start in starts} == {timedelta(0)}
        assert {str(event["ORGANIZER"]) for _method, event in entries} == {
            f"mailto:{told.officer.email}"
        }


def test_the_partner_is_the_organiser_and_the_cluster_is_invited():
    told = voucher_story()
    agreed(told)
    ((_method, event),) = entries_sent_to(told.manager)
    partner = told.voucher.country.partner
    assert event["ORGANIZER"].params["CN"] == str(partner)
    assert str(event["ATTENDEE"]) == f"mailto:{told.manager.email}"
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 3600


def test_a_cancelled_meeting_leaves_the_calendar():
    told = voucher_story()
    meeting = agreed(told)
    actions.cancel_meeting(meeting, reason="No fuel", by=told.manager)
    (_asked, first), (method, event) = entries_sent_to(told.officer)
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert str(event["UID"]) == str(first["UID"])


def test_a_meeting_that_was_never_agreed_tells_no_calendar():
    told = voucher_story()
    actions.cancel_meeting(proposed(told), reason="No fuel", by=told.officer)
    assert Notice.objects.filter(kind="meeting-cancelled").count() == 2
    assert entries_sent_to(told.manager) == []


def test_a_message_that_is_tried_again_tells_the_same_whatever_happened_since():
    told = voucher_story()
    meeting = agreed(told)
    notice = Notice.objects.get(kind="meeting-agreed", recipient=told.manager)
    write_text(notice)
    sent = []
    for _attempt in range(2):
        # What each attempt makes anew from the row.
        message = message_of(Notice.objects.get(pk=notice.pk))
        (part,) = calendar_parts(message)
        files = [file for file in message.attachments if file[0] == "invitation.ics"]
        sent.append((part.get_payload(decode=True), files[0][1]))
        actions.move_meeting(meeting, starts_at=ahead(5 + len(sent)), reason="x", by=told.officer)
    assert sent[0] == sent[1]
    assert sent[0][1].decode() == notice.calendar


def test_long_arabic_lines_are_folded_by_octets_and_injection_stays_text():
    told = voucher_story()
    title = "اجتماع حول احتياجات التجمع، الأول؛ " * 4
    meeting = agreed(told, title=title.strip(), agenda="One, two;\r\nATTENDEE:mailto:x@example.org")
    text = invitation(meeting, [told.manager, told.officer]).text
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not [line for line in lines if line.startswith(b"ATTENDEE:mailto:x@")]
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]).startswith(title.strip())
    assert "One, two;\nATTENDEE:mailto:x@example.org" in str(event["DESCRIPTION"])


def test_invitations_speak_the_language_of_who_reads_them():
    told = voucher_story()
    User.objects.filter(pk=told.manager.pk).update(language="fr")
    told.manager.refresh_from_db()
    meeting = agreed(told)
    actions.cancel_meeting(meeting, reason="Panne", by=told.officer)
    notices = Notice.objects.filter(kind="meeting-cancelled")
    assert "Cancelled: Panne" in notices.get(recipient=told.officer).calendar.replace("\r\n ", "")
    # Until the catalogue has it the French text is the English one; the language is on the row.
    assert notices.get(recipient=told.manager).language == "fr"


def feed_of(person):
    return actions.renew_feed(person, by=person)


def events(answer):
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_private_address_shows_what_its_person_may_read_and_asks_for_no_login(client):
    told = voucher_story()
    meeting = agreed(told)
    proposed(told, ahead(9))
    feed = feed_of(told.manager)
    answer = client.get(feed.address)
    (event,) = events(answer)
    assert str(event["UID"]).startswith(str(meeting.uid))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert {"private", "no-cache"} <= set(answer["Cache-Control"].split(", "))
    again = client.get(feed.address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    actions.cancel_meeting(meeting, reason="No fuel", by=told.officer)
    changed = client.get(feed.address, headers={"If-None-Match": answer["ETag"]})
    assert events(changed)[0]["STATUS"] == "CANCELLED"
    other = feed_of(told.cast.officer(MA.country))
    assert events(client.get(other.address)) == []


def test_a_right_that_ended_ends_in_the_calendar_too(client):
    told = voucher_story()
    agreed(told)
    officer = feed_of(told.officer)
    assert len(events(client.get(officer.address))) == 1
    revoke_role(RoleGrant.objects.get(user=told.officer), by=person(role="administrator"))
    assert events(client.get(officer.address)) == []
    manager = feed_of(told.manager)
    assert len(events(client.get(manager.address))) == 1
    User.objects.filter(pk=told.manager.pk).update(is_active=False)
    assert client.get(manager.address).status_code == 404


def test_another_address_ends_the_one_before_and_a_guess_finds_nothing(client):
    told = voucher_story()
    first = feed_of(told.manager).address
    log_in(client, told.manager)
    client.post(reverse("needs:renew_feed"))
    second = CalendarFeed.objects.get().address
    page = client.get(reverse("needs:calendar")).content.decode()
    assert second in page
    client.logout()
    assert [client.get(address).status_code for address in (first, second)] == [404, 200]
    key = CalendarFeed.objects.get().key.hex
    for guess in ("x", key, f"{key}.x", f"{'0' * 32}.{second.rpartition('.')[0][-20:]}"):
        assert client.get(reverse("needs:feed", args=[guess])).status_code == 404


def test_an_address_that_is_asked_for_too_often_is_put_off(client):
    told = voucher_story()
    address = feed_of(told.manager).address
    answers = [client.get(address).status_code for _time in range(121)]
    assert answers.count(200) == 120
    assert answers[-1] == 429


def test_the_calendar_takes_the_same_queries_however_many_meetings_it_shows(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    told = voucher_story()
    address = feed_of(told.manager).address
    counts = []
    for days in ((3,), range(5, 15)):
        for day in days:
            agreed(told, ahead(day))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
