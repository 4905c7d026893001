"""What comes next in a needs assessment, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from conduct.queries.days import day_of
from documents.wording import day, instant
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.needs.models.meetings import Side
from vouchers.assistance.needs.permissions import is_organising, may_agree


def meeting_steps(meetings: Sequence[Meeting], user: User) -> list[Step]:
    """What the meetings of a voucher ask for, those first that wait for an answer."""
    answers = [_answer_step(meeting, user) for meeting in meetings if _is_open(meeting)]
    over = [_held_step(meeting, user) for meeting in meetings if _is_over(meeting)]
    ahead = [
        _ahead_step(meeting, user)
        for meeting in meetings
        if meeting.state == Meeting.State.AGREED and not meeting.has_begun
    ]
    return [*answers, *over, *ahead]


def _is_open(meeting: Meeting) -> bool:
    return bool(meeting.turn) and not meeting.has_begun


def _is_over(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.AGREED and meeting.has_begun


def _answer_step(meeting: Meeting, user: User) -> Step:
    about = {
        "title": meeting.title,
        "day": day(day_of(meeting.proposed_at, meeting.voucher.country.zone)),
    }
    if may_agree.test(user, meeting):
        return Step(
            _("Choose a time for “%(title)s”; times were proposed on %(day)s.") % about,
            YOU,
            meeting.get_absolute_url(),
            _("Choose a time"),
        )
    return Step(
        _("A time is chosen for “%(title)s”; times were proposed on %(day)s.") % about,
        _("the cluster") if meeting.turn == Side.CLUSTER else _("the country partner"),
        meeting.get_absolute_url(),
        _("Look at the meeting"),
    )


def _held_step(meeting: Meeting, user: User) -> Step:
    text = _("Write down who was there and what was said in “%(title)s”.")
    text = text % {"title": meeting.title}
    if not is_organising.test(user, meeting):
        return Step(text, _("the country partner"))
    return Step(text, YOU, reverse("needs:hold", args=[meeting.pk]), _("Write it down"))


def _ahead_step(meeting: Meeting, user: User) -> Step:
    about = {
        "title": meeting.title,
        "time": instant(meeting.starts_at or "", user.time_zone),
    }
    return Step(
        _("You meet for “%(title)s” on %(time)s.") % about,
        "",
        meeting.get_absolute_url(),
        _("Look at the meeting"),
    )
