"""Who hears of a meeting or of a record of needs, and what calendars are told."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.utils import translation

from accounts.models import User
from clusters.queries import writers_for
from documents.models import Document
from notices.actions import notify, notify_each
from vouchers.applications.queries import officers_told_of
from vouchers.assistance.needs.letters.calendars import invitation
from vouchers.assistance.needs.letters.facts import meeting_facts
from vouchers.assistance.needs.letters.records import message_facts
from vouchers.assistance.needs.models import Meeting, NeedsRecord
from vouchers.assistance.needs.models.meetings import Side, other_side
from vouchers.assistance.needs.permissions import side_about
from vouchers.awards.models import Voucher


def tell_side(kind: str, meeting: Meeting, side: str, **more: Any) -> None:
    """Tell everybody on one side of the table."""
    people = _people(meeting.voucher, side)
    for person in people:
        notify(person, kind, facts={**meeting_facts(meeting), **more}, about=meeting)


def tell_everybody(kind: str, meeting: Meeting, **more: Any) -> None:
    """Tell both sides, and the calendar of each where the meeting had a time."""
    people = {
        person.pk: person
        for person in chain(
            _people(meeting.voucher, Side.PARTNER), _people(meeting.voucher, Side.CLUSTER)
        )
    }
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


def tell_the_others(kind: str, meeting: Meeting, by: User, **more: Any) -> None:
    """Tell everybody on both sides but who did it; no calendar changes."""
    people = [*_people(meeting.voucher, Side.CLUSTER), *_people(meeting.voucher, Side.PARTNER)]
    facts = {**meeting_facts(meeting), "by": str(by), **more}
    notify_each(people, kind, but=by, facts=facts, about=meeting)


def tell_other_side(kind: str, record: NeedsRecord, by: User, **more: Any) -> None:
    """Tell everybody on the side on which who did it does not act."""
    notify_each(
        _people(record.voucher, other_side(side_about(by, record.voucher))),
        kind,
        but=by,
        facts={**message_facts(record), "by": str(by), **more},
        about=record,
    )


def tell_both_sides(kind: str, record: NeedsRecord, document: Document) -> None:
    """Tell everybody on both sides, with the document."""
    people = [*_people(record.voucher, Side.CLUSTER), *_people(record.voucher, Side.PARTNER)]
    notify_each(people, kind, facts=message_facts(record), about=record, documents=[document])


def _people(voucher: Voucher, side: str) -> list[User]:
    application = voucher.award.application
    if side == Side.CLUSTER:
        return list(writers_for(application.cluster).order_by("pk"))
    return list(officers_told_of(application).order_by("pk"))
