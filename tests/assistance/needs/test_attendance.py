"""Who came to a meeting is corrected with a reason; the list before is kept."""

from dataclasses import replace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from conduct.queries.history import timeline
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.assistance.needs.meeting import BOTH, agreed, corrected_attendance, held
from tests.making import voucher_story
from tests.people import log_in
from vouchers.assistance.needs import actions
from vouchers.assistance.needs.models import AttendanceCorrection
from vouchers.assistance.needs.queries import attendance_lists

pytestmark = pytest.mark.django_db
CAME = [*BOTH[:2], replace(BOTH[2], was_present=True)]
WHY = "She came later."


def correct(meeting, *, by, attendance=CAME, seen=1, reason=WHY):
    return actions.correct_attendance(
        meeting, attendance=attendance, seen=seen, reason=reason, by=by
    )


def test_a_correction_is_another_list_and_both_are_kept():
    told = voucher_story()
    correction = corrected_attendance(told)
    meeting = correction.meeting
    assert [person.was_present for person in meeting.people] == [True, True, True]
    newest, first = attendance_lists(meeting)
    assert (newest.number, newest.correction, first.number) == (2, correction, 1)
    assert [person.was_present for person in first.people] == [True, True, False]
    assert "Attendance corrected" in [str(entry.action) for entry in timeline(meeting, correction)]
    third = correct(meeting, by=told.officer, attendance=BOTH, seen=2, reason="She did not.")
    assert third.number == 3
    assert [person.was_present for person in meeting.people] == [True, True, False]


def test_what_is_refused():
    told = voucher_story()
    meeting = held(told)
    for refusal, sentence, said in (
        (NotAllowed, None, {"by": told.manager}),
        (Refused, "Say what is corrected", {"reason": "  "}),
        (Refused, "somebody of the cluster", {"attendance": CAME[1:]}),
        (Refused, "Nothing is changed", {"attendance": BOTH}),
        (Refused, "Somebody else corrected", {"seen": 2}),
    ):
        with pytest.raises(refusal, match=sentence):
            correct(meeting, **{"by": told.officer, **said})
    with pytest.raises(OutOfOrder):
        correct(agreed(told), by=told.officer)
    assert not AttendanceCorrection.objects.exists()


def test_both_sides_hear_of_a_correction_but_not_who_made_it():
    told = voucher_story()
    meeting = corrected_attendance(told).meeting
    heard = Notice.objects.filter(kind="meeting-attendance")
    told_of_it = {notice.recipient for notice in heard.select_related("recipient")}
    assert told.manager in told_of_it
    assert told.officer not in told_of_it
    notice = heard.get(recipient=told.manager)
    mail.outbox.clear()
    send_notice(notice.pk)
    (message,) = mail.outbox
    assert "She came later." in message.body
    assert meeting.get_absolute_url() in message.body


def address(meeting):
    return reverse("needs:correct_attendance", args=[meeting.pk])


def typed(*, seen="1", reason=WHY, present=("0", "1", "2")):
    rows = {
        f"form-{row}-{name}": value
        for row, line in enumerate(BOTH)
        for name, value in vars(line).items()
        if name != "was_present"
    }
    rows |= {f"form-{row}-was_present": "on" for row in present}
    return {**rows, "form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "3", "seen": seen} | {
        "reason": reason
    }


def test_the_officer_corrects_the_list_on_its_page_and_the_cluster_reads_why():
    told = voucher_story()
    meeting = held(told)
    officer, manager = log_in(Client(), told.officer), log_in(Client(), told.manager)
    assert address(meeting) in officer.get(meeting.get_absolute_url()).content.decode()
    assert address(meeting) not in manager.get(meeting.get_absolute_url()).content.decode()
    assert manager.get(address(meeting)).status_code == 403
    assert "Rami Khoury" in officer.get(address(meeting)).content.decode()
    refused = officer.post(address(meeting), typed(reason=" ", present=("0", "1")))
    assert refused.status_code == 200
    assert "aria-invalid" in refused.content.decode()
    assert officer.post(address(meeting), typed())["Location"] == meeting.get_absolute_url()
    html = manager.get(meeting.get_absolute_url()).content.decode()
    assert WHY in html
    assert "Earlier lists" in html
    late = officer.post(address(meeting), typed(present=("0", "1")))
    assert "Somebody else corrected this list" in late.content.decode()
    assert WHY in late.content.decode()
