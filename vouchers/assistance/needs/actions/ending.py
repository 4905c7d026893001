"""How a meeting ends: held, with who was there, or cancelled, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    judged,
    move,
    require_state,
    require_words,
)
from vouchers.assistance.needs.models import Attendance, AttendanceCorrection, Meeting
from vouchers.assistance.needs.models.meetings import Side
from vouchers.assistance.needs.permissions import is_organising, sits_at_the_table
from vouchers.awards.models import Voucher

from .telling import tell_everybody, tell_the_others


@dataclass(frozen=True)
class AttendanceInput:
    """One person on the list of a meeting; `side` is a value of Side."""

    name: str
    side: str
    organisation: str = ""
    function: str = ""
    was_present: bool = True


@action(gettext_lazy("Meeting cancelled"))
def cancel_meeting(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """Take a meeting back, before or after its time was agreed; all are told why.

    Raises OutOfOrder once it was held, Refused without a reason.
    """
    meeting = judged(
        meeting, sits_at_the_table, by=by, states=[Meeting.State.PROPOSED, Meeting.State.AGREED]
    )
    if not reason.strip():
        raise Refused(_("Say why the meeting is cancelled."), field="reason")
    return cancel_locked(meeting, reason=reason, by=by)


def cancel_locked(meeting: Meeting, *, reason: str, by: User | None) -> Meeting:
    """Cancel a locked meeting that was not held, in every calendar; part of an action.

    By nobody where its voucher has ended: everybody is told that in their own language.
    """
    if meeting.starts_at is not None:
        meeting.sequence += 1
    move(meeting, Meeting.State.CANCELLED)
    meeting.turn, meeting.cancel_reason = "", reason
    meeting.cancelled_by, meeting.cancelled_at = by, timezone.now()
    meeting.save()
    tell_everybody("meeting-cancelled", meeting, reason=reason, voucher_ended=by is None)
    return meeting


@action(gettext_lazy("Meeting held"))
def hold_meeting(
    meeting: Meeting, *, attendance: Sequence[AttendanceInput], by: User, notes: str = ""
) -> Meeting:
    """Write down that a meeting was held, who was there, and what was said.

    Raises OutOfOrder unless its time was agreed, Refused before it began and where nobody of the
    cluster or nobody of the partner was present.
    """
    meeting = judged(meeting, is_organising, by=by, states=[Meeting.State.AGREED])
    if not meeting.has_begun:
        raise Refused(_("The meeting has not begun yet."))
    _require_both_sides(attendance)
    _write_down(meeting, attendance)
    move(meeting, Meeting.State.HELD)
    meeting.turn, meeting.notes = "", notes
    meeting.held_by, meeting.held_at = by, timezone.now()
    with constraints_of(Meeting):
        meeting.save()
    return meeting


@action(gettext_lazy("Attendance corrected"))
def correct_attendance(
    meeting: Meeting, *, attendance: Sequence[AttendanceInput], seen: int, reason: str, by: User
) -> AttendanceCorrection:
    """Write anew who was at a meeting that was held; the lists before are kept.

    `seen` is the number of the list that the person corrects. Raises OutOfOrder for a meeting that was
    not held, or a voucher that is not active; Refused without a reason, where nobody of a side was
    there, where nothing changes, and where another correction came first.
    """
    meeting = judged(meeting, is_organising, by=by, states=[Meeting.State.HELD])
    require_state(meeting.voucher, Voucher.State.ACTIVE)
    require_words(reason, _("Say what is corrected, and why."), field="reason")
    _require_both_sides(attendance)
    if seen != meeting.attendance_number:
        raise Refused(_("Somebody else corrected this list just now. Please look at it again."))
    if [vars(line) for line in attendance] == [vars(one) for one in listed_at(meeting)]:
        raise Refused(_("Nothing is changed yet."))
    with constraints_of(AttendanceCorrection, Attendance):
        correction = AttendanceCorrection.objects.create(
            meeting=meeting,
            number=meeting.attendance_number + 1,
            people=len(attendance),
            reason=reason,
            corrected_by=by,
        )
        _write_down(meeting, attendance, correction)
    tell_the_others("meeting-attendance", meeting, by, reason=reason)
    return correction


def listed_at(meeting: Meeting) -> list[AttendanceInput]:
    """Who is on the list of a meeting that holds, as it would be written again."""
    names = [field.name for field in fields(AttendanceInput)]
    return [
        AttendanceInput(**{name: getattr(person, name) for name in names})
        for person in meeting.people
    ]


def _require_both_sides(attendance: Sequence[AttendanceInput]) -> None:
    present = {line.side for line in attendance if line.was_present}
    if not {Side.CLUSTER, Side.PARTNER} <= present:
        raise Refused(_("Name somebody of the cluster and somebody of the partner who was there."))


def _write_down(
    meeting: Meeting,
    attendance: Sequence[AttendanceInput],
    correction: AttendanceCorrection | None = None,
) -> None:
    for position, line in enumerate(attendance, start=1):
        person = Attendance(meeting=meeting, correction=correction, position=position, **vars(line))
        person.full_clean()
        person.save()
