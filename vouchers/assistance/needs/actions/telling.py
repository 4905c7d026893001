"""Who hears of a meeting, and what their calendars are told."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.utils import translation

from accounts.models import User
from clusters.queries import writers_for
from notices.actions import notify
from vouchers.applications.queries import officers_told_of
from vouchers.assistance.needs.letters.calendars import invitation
from vouchers.assistance.needs.letters.facts import meeting_facts
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.needs.models.meetings import Side


def tell_side(kind: str, meeting: Meeting, side: str, **more: Any) -> None:
    """Tell everybody on one side of the table."""
    people = _cluster(meeting) if side == Side.CLUSTER else _partner(meeting)
    for person in people:
        notify(person, kind, facts={**meeting_facts(meeting), **more}, about=meeting)


def tell_everybody(kind: str, meeting: Meeting, **more: Any) -> None:
    """Tell both sides, and the calendar of each where the meeting had a time."""
    people = {person.pk: person for person in chain(_partner(meeting), _cluster(meeting))}
    for person in people.values():
        with translation.override(person.language):
            calendar = invitation(meeting, people.values()) if meeting.starts_at else None
        notify(
            person,
            kind,
            facts={**meeting_facts(meeting), **more},
            about=meeting,
            calendar=calendar,
        )


def _cluster(meeting: Meeting) -> list[User]:
    return list(writers_for(meeting.voucher.award.application.cluster).order_by("pk"))


def _partner(meeting: Meeting) -> list[User]:
    return list(officers_told_of(meeting.voucher.award.application).order_by("pk"))
