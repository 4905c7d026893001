"""Agreeing to a time, moving what was agreed, and leaving it as it was."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_state,
)
from vouchers.assistance.needs.models import Meeting, MeetingSlot
from vouchers.assistance.needs.models.meetings import Side
from vouchers.assistance.needs.permissions import is_organising, side_of, sits_at_the_table
from vouchers.awards.models import Voucher

from .proposing import require_ahead, require_may_answer
from .telling import tell_everybody, tell_side


@action(gettext_lazy("Time of the meeting agreed"))
def agree_to_time(slot: MeetingSlot, *, by: User) -> Meeting:
    """Agree to one of the times that the other side proposed; all calendars are told.

    Raises Refused where somebody answered meanwhile, for a time that is not offered any more or is
    over, and where another meeting about the voucher is at the same time.
    """
    slot = locked(slot)
    meeting = slot.meeting
    require(sits_at_the_table, by, meeting)
    require_state(meeting, Meeting.State.PROPOSED, Meeting.State.AGREED)
    require_state(meeting.voucher, Voucher.State.ACTIVE)
    require_may_answer(meeting, by)
    if slot.proposal_number != meeting.proposal_number:
        raise Refused(_("Other times are proposed meanwhile: please look at them."))
    require_ahead(slot.starts_at)
    moved = meeting.state == Meeting.State.AGREED
    if moved:
        _require_not_begun(meeting)
        meeting.sequence += 1
    else:
        move(meeting, Meeting.State.AGREED)
    if side_of(by, meeting) == Side.PARTNER and meeting.organiser is None:
        meeting.organiser = by
    _settle(meeting, slot.starts_at)
    tell_everybody(
        "meeting-moved" if moved else "meeting-agreed", meeting, reason=meeting.move_reason
    )
    return meeting


@action(gettext_lazy("Meeting moved"))
def move_meeting(meeting: Meeting, *, starts_at: datetime, reason: str, by: User) -> Meeting:
    """Move an agreed meeting to another instant (UTC), for the country partner; all are told why.

    Raises OutOfOrder before it is agreed, Refused once it has begun, without a reason, for a time
    that is over, and for the time that it has.
    """
    meeting = judged(
        meeting,
        is_organising,
        by=by,
        states=[Meeting.State.AGREED],
        otherwise=_("The country partner moves a meeting; propose other times to it."),
    )
    require_state(meeting.voucher, Voucher.State.ACTIVE)
    _require_not_begun(meeting)
    if not reason.strip():
        raise Refused(_("Say why the meeting is moved."), field="reason")
    require_ahead(starts_at, field="starts_at")
    if starts_at == meeting.starts_at:
        raise Refused(_("The meeting is at this time already."), field="starts_at")
    meeting.sequence += 1
    meeting.organiser, meeting.move_reason = by, reason
    _settle(meeting, starts_at)
    tell_everybody("meeting-moved", meeting, reason=reason)
    return meeting


@action(gettext_lazy("Meeting left at its time"))
def keep_time(meeting: Meeting, *, by: User) -> Meeting:
    """Leave an agreed meeting at its time although another was asked for; either side may."""
    meeting = judged(meeting, sits_at_the_table, by=by, states=[Meeting.State.AGREED])
    if not meeting.turn:
        raise Refused(_("Nobody asks for another time any more."))
    meeting.turn, meeting.move_reason = "", ""
    meeting.save()
    for side in (Side.CLUSTER, Side.PARTNER):
        if side != side_of(by, meeting):
            tell_side("meeting-kept", meeting, side, by=str(by))
    return meeting


def _settle(meeting: Meeting, starts_at: datetime) -> None:
    meeting.put_at(starts_at)
    meeting.turn, meeting.agreed_at = "", timezone.now()
    with constraints_of(Meeting):
        meeting.save()


def _require_not_begun(meeting: Meeting) -> None:
    if meeting.has_begun:
        raise Refused(_("The meeting has begun: it cannot be moved any more."))
