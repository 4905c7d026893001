"""Meetings as pages and calendars show them, scoped to who asks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q, QuerySet

from accounts.models import User
from clusters.models import Representative
from clusters.permissions import EDITING
from conduct.queries.days import now
from vouchers.assistance.needs.models import (
    Attendance,
    AttendanceCorrection,
    CalendarFeed,
    Meeting,
    MeetingSlot,
)
from vouchers.assistance.needs.models.feeds import key_in
from vouchers.assistance.needs.models.meetings import Side
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach

# How long what is over stays in a calendar that programs fetch.
KEPT_IN_CALENDARS = timedelta(days=400)


def meetings_visible_to(user: User) -> QuerySet[Meeting]:
    """The meetings about vouchers that the person may read, with all that their pages name."""
    return Meeting.objects.filter(award_within_reach(user, "voucher__award__")).select_related(
        "voucher__award__application__cluster",
        "voucher__award__application__country__partner",
        "organiser",
        "proposed_by",
    )


def meetings_of(voucher: Voucher) -> QuerySet[Meeting]:
    """The meetings about a voucher: what is still open first, by time, then what is over."""
    return (
        Meeting.objects.filter(voucher=voucher)
        .select_related("organiser")
        .prefetch_related("attendances")
        .order_by(F("starts_at").asc(nulls_first=True), "pk")
    )


@dataclass(frozen=True)
class AttendanceList:
    """One list of who came to a meeting; without a correction it is that which was written first."""

    number: int
    people: list[Attendance]
    correction: AttendanceCorrection | None


def attendance_lists(meeting: Meeting) -> list[AttendanceList]:
    """The lists of who came to a meeting, the one that holds first; two queries."""
    people = defaultdict(list)
    for person in meeting.attendances.all():
        people[person.correction_id].append(person)
    corrections = meeting.attendance_corrections.select_related("corrected_by")
    lists = [AttendanceList(one.number, people[one.pk], one) for one in corrections]
    return [*lists, AttendanceList(1, people[None], None)] if people else []


def slots_visible_to(user: User) -> QuerySet[MeetingSlot]:
    """The times that were proposed of the meetings that the person may read."""
    return MeetingSlot.objects.filter(meeting__in=meetings_visible_to(user))


def open_slots(meeting: Meeting) -> list[MeetingSlot]:
    """The times that may be agreed to: those of the newest proposal, while it waits for an answer."""
    if not meeting.turn:
        return []
    return list(meeting.slots.filter(proposal_number=meeting.proposal_number).order_by("starts_at"))


def meetings_to_answer(user: User) -> QuerySet[Meeting]:
    """The meetings for which the other side proposed times, which this person may agree to."""
    own = Representative.objects.filter(user=user, level__in=EDITING).values("cluster")
    return (
        meetings_visible_to(user)
        .filter(
            Q(turn=Side.PARTNER)
            & Q(voucher__award__application__country_id__in=user.officer_countries)
            | Q(turn=Side.CLUSTER) & Q(voucher__award__application__cluster__in=own),
            state__in=[Meeting.State.PROPOSED, Meeting.State.AGREED],
            voucher__state=Voucher.State.ACTIVE,
        )
        .order_by("proposed_at")
    )


def meetings_to_hold(user: User) -> QuerySet[Meeting]:
    """The agreed meetings in an officer's countries that are over and not written down yet."""
    return (
        meetings_visible_to(user)
        .filter(
            state=Meeting.State.AGREED,
            ends_at__lt=now(),
            voucher__award__application__country_id__in=user.officer_countries,
            voucher__state=Voucher.State.ACTIVE,
        )
        .order_by("starts_at")
    )


def meetings_in_calendar_of(user: User) -> QuerySet[Meeting]:
    """What the person's calendar shows: every meeting that had a time and that they may read now."""
    return (
        meetings_visible_to(user)
        .filter(starts_at__gte=now() - KEPT_IN_CALENDARS)
        .order_by("starts_at", "pk")
    )


def feed_of(person: User) -> CalendarFeed | None:
    """The address of the person's calendar, where they asked for one."""
    return CalendarFeed.objects.filter(person=person).first()


def person_of_feed(secret: str) -> User | None:
    """Whose calendar an address shows; None where it never was one, or is not any more."""
    key = key_in(secret)
    if key is None:
        return None
    return User.objects.filter(calendar_feed__key=key, is_active=True).first()
