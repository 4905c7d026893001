"""What comes next in a needs assessment, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from conduct.queries.days import day_of
from documents.wording import day, instant
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.needs.models import Meeting, NeedRemark, NeedsRecord
from vouchers.assistance.needs.models.meetings import Side
from vouchers.assistance.needs.permissions import (
    is_organising,
    may_agree,
    may_write_record,
    side_about,
)
from vouchers.assistance.needs.queries.records import ANSWER, WRITE, Waiting, waiting_for
from vouchers.awards.models import Voucher


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


def record_steps(
    voucher: Voucher, record: NeedsRecord | None, remarks: Sequence[NeedRemark], user: User
) -> list[Step]:
    """What the record of needs asks for: `record` is the version in work, or the one in force.

    None where nothing is begun yet; nothing is asked for once a record is in force.
    """
    if record is None:
        text = _("Meet the cluster, find out what it needs, and write it down.")
        if not may_write_record.test(user, voucher):
            return [Step(text, _("the country partner"))]
        return [Step(text, YOU, reverse("needs:begin", args=[voucher.pk]), _("Begin the record"))]
    return [_record_step(record, waiting, user) for waiting in waiting_for(record, remarks)]


def _record_step(record: NeedsRecord, waiting: Waiting, user: User) -> Step:
    since = {"day": day(day_of(waiting.since, record.voucher.country.zone))}
    acts = side_about(user, record.voucher) == waiting.side
    if waiting.what == WRITE:
        text = _("Write down what the cluster needs, and share it; begun on %(day)s.")
        label, url = _("Write the record"), reverse("needs:write", args=[record.pk])
    elif waiting.what == ANSWER:
        text = _("Answer the remarks on the record of needs, of %(day)s.")
        label, url = _("Read the remarks"), record.get_absolute_url()
    else:
        text = _("Read the record of needs and confirm it, or remark on it; shared on %(day)s.")
        label, url = _("Read the record"), record.get_absolute_url()
    if acts:
        return Step(text % since, YOU, url, label)
    whose = _("the cluster") if waiting.side == Side.CLUSTER else _("the country partner")
    if waiting.what == WRITE:
        return Step(text % since, whose)
    return Step(text % since, whose, record.get_absolute_url(), _("Read the record"))
