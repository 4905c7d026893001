"""Proposing times for a meeting, and answering with others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, judged, require, require_state
from conduct.actions.again import said_a_moment_ago
from vouchers.assistance.needs.models import Meeting, MeetingSlot
from vouchers.assistance.needs.models.meetings import Side, other_side
from vouchers.assistance.needs.permissions import (
    may_propose_meeting,
    side_of,
    sits_at_the_table,
)
from vouchers.awards.models import Voucher

from .telling import tell_side

MOST_TIMES = 10


@action(gettext_lazy("Meeting proposed"))
def propose_meeting(
    voucher: Voucher, *, times: Iterable[datetime], by: User, **about: Any
) -> Meeting:
    """Propose a meeting at one of several instants (UTC); the other side is told.

    `about` holds title, agenda, place, link and minutes. The same meeting proposed twice is one. Raises
    Refused for a time that is over, that is named twice, or for none.
    """
    voucher = judged(voucher, may_propose_meeting, by=by, states=[Voucher.State.ACTIVE])
    times = list(times)
    again = said_a_moment_ago(
        voucher.meetings.filter(state=Meeting.State.PROPOSED, proposal_number=1),
        at="proposed_at",
        proposed_by=by,
        **about,
    )
    if again is not None and _stand_in(again, times):
        return again
    meeting = Meeting(voucher=voucher, proposed_by=by, **about)
    side = side_of(by, meeting)
    meeting.turn = other_side(side)
    meeting.organiser = by if side == Side.PARTNER else None
    # What holds between fields is told by the database, in the words of its constraints.
    meeting.full_clean(validate_constraints=False)
    with constraints_of(Meeting):
        meeting.save()
    _propose(meeting, times, side, by)
    tell_side("meeting-proposed", meeting, meeting.turn, by=str(by))
    return meeting


@action(gettext_lazy("Other times proposed"))
def propose_times(
    meeting: Meeting, *, times: Iterable[datetime], by: User, reason: str = ""
) -> Meeting:
    """Propose other instants (UTC): in answer to those of the other side, or to move what is agreed.

    What is agreed stands until the other side agrees to one of them; to move it needs a `reason`. Those
    that the own side proposed last stand as they are: nothing happens.
    """
    meeting = judged(
        meeting,
        sits_at_the_table,
        by=by,
        states=[Meeting.State.PROPOSED, Meeting.State.AGREED],
    )
    require_state(meeting.voucher, Voucher.State.ACTIVE)
    side, times = side_of(by, meeting), list(times)
    if meeting.turn == other_side(side) and _stand_in(meeting, times):
        return meeting
    if meeting.state == Meeting.State.AGREED:
        if meeting.has_begun:
            raise Refused(_("The meeting has begun: it cannot be moved any more."))
        if not reason.strip():
            raise Refused(_("Say why the meeting should be moved."), field="reason")
        meeting.move_reason = reason
    if side == Side.PARTNER and meeting.organiser is None:
        meeting.organiser = by
    meeting.proposal_number += 1
    meeting.turn, meeting.proposed_at = other_side(side), timezone.now()
    meeting.save()
    _propose(meeting, times, side, by)
    tell_side("meeting-proposed", meeting, meeting.turn, by=str(by), reason=reason)
    return meeting


def _stand_in(meeting: Meeting, times: Iterable[datetime]) -> bool:
    """Whether just these instants are proposed for the meeting now."""
    slots = meeting.slots.filter(proposal_number=meeting.proposal_number)
    return sorted(slots.values_list("starts_at", flat=True)) == sorted(times)


def require_ahead(instant: datetime, *, field: str | None = None) -> None:
    """Raise Refused for an instant that is over."""
    if instant <= timezone.now():
        raise Refused(_("This time is over. Propose one that lies ahead."), field=field)


def _propose(meeting: Meeting, times: Iterable[datetime], side: str, by: User) -> None:
    chosen = list(times)
    if not chosen:
        raise Refused(_("Propose at least one time."))
    if len(chosen) > MOST_TIMES:
        raise Refused(_("Propose at most %(number)s times.") % {"number": MOST_TIMES})
    for instant in chosen:
        require_ahead(instant)
        with constraints_of(MeetingSlot):
            MeetingSlot.objects.create(
                meeting=meeting,
                proposal_number=meeting.proposal_number,
                side=side,
                starts_at=instant,
                proposed_by=by,
            )


def require_may_answer(meeting: Meeting, by: User) -> None:
    """Raise NotAllowed for who does not sit at the table, Refused for who is not asked."""
    require(sits_at_the_table, by, meeting)
    if not meeting.turn:
        raise Refused(_("Somebody has answered meanwhile: the time is agreed."))
    if side_of(by, meeting) != meeting.turn:
        raise Refused(_("The other side answers this: it did not propose these times."))
