"""Meetings: proposed by one side, agreed by the other, moved, cancelled and held, by the right people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import on
from notices.models import Notice
from tests.assistance.needs.meeting import BOTH, agreed, ahead, proposed, standing
from tests.making import voucher_story
from vouchers.assistance.needs import actions
from vouchers.assistance.needs.models import Meeting

pytestmark = pytest.mark.django_db


def test_the_other_side_agrees_and_nobody_agrees_to_their_own_times():
    told = voucher_story()
    meeting = proposed(told)
    assert (meeting.turn, meeting.organiser) == ("cluster", told.officer)
    slot = meeting.slots.earliest("starts_at")
    with pytest.raises(Refused, match="other side answers"):
        actions.agree_to_time(slot, by=told.officer)
    meeting = actions.agree_to_time(slot, by=told.manager)
    assert (meeting.state, meeting.starts_at, meeting.sequence) == ("agreed", slot.starts_at, 0)
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=60)
    told_of = Notice.objects.filter(kind="meeting-agreed").values_list("recipient", flat=True)
    assert set(told_of) == {told.officer.pk, told.manager.pk}


def test_a_cluster_proposes_and_an_officer_answers_with_times_of_their_own():
    told = voucher_story()
    meeting = proposed(told, ahead(2), by=told.manager)
    assert (meeting.turn, meeting.organiser) == ("partner", None)
    old = meeting.slots.get()
    meeting = actions.propose_times(meeting, times=[ahead(5)], by=told.officer)
    with pytest.raises(Refused, match="Other times are proposed"):
        actions.agree_to_time(old, by=told.manager)
    new = meeting.slots.get(proposal_number=2)
    meeting = actions.agree_to_time(new, by=told.manager)
    assert (meeting.starts_at, meeting.organiser) == (new.starts_at, told.officer)


def test_what_is_proposed_twice_is_proposed_once():
    told = voucher_story()
    times = [ahead(3), ahead(4)]
    meeting = proposed(told, *times)
    assert proposed(told, *times) == meeting
    assert proposed(told, ahead(5)) != meeting
    other = [ahead(6)]
    for _press in range(2):
        found = actions.propose_times(meeting, times=other, by=told.manager)
    assert (found.proposal_number, found.slots.filter(proposal_number=2).count()) == (2, 1)
    told_of = Notice.objects.filter(kind="meeting-proposed")
    assert told_of.filter(recipient=told.manager).count() == 2
    assert told_of.filter(recipient=told.officer).count() == 1


def test_of_two_people_who_agree_at_one_instant_the_second_reads_that_it_is_agreed():
    told = voucher_story()
    meeting = proposed(told)
    first, second = meeting.slots.order_by("starts_at")
    actions.agree_to_time(first, by=told.manager)
    with pytest.raises(Refused, match="answered meanwhile"):
        # With the page that was read before.
        actions.agree_to_time(second, by=told.manager)
    assert standing(meeting).starts_at == first.starts_at


def test_times_that_are_over_missing_or_named_twice_are_refused():
    told = voucher_story()
    with pytest.raises(Refused, match="at least one time"):
        actions.propose_meeting(told.voucher, times=[], by=told.officer, title="x", place="y")
    for times, sentence in (
        ([ahead(-1)], "This time is over"),
        ([ahead(3), ahead(3)], "the same"),
    ):
        with pytest.raises(Refused, match=sentence):
            proposed(told, *times)
    with pytest.raises(Refused, match="Say where you meet"):
        proposed(told, place="")
    assert not Meeting.objects.exists()


def test_a_time_that_passed_before_anybody_agreed_is_not_agreed_to():
    told = voucher_story()
    meeting = proposed(told, ahead(2))
    slot = meeting.slots.get()
    with on(slot.starts_at + timedelta(minutes=1)), pytest.raises(Refused, match="is over"):
        actions.agree_to_time(slot, by=told.manager)


def test_two_meetings_about_a_voucher_do_not_overlap():
    told = voucher_story()
    first = agreed(told, ahead(3), minutes=90)
    for shift, fits in ((1, False), (-1, True), (2, True)):
        other = proposed(told, ahead(3, shift), minutes=60)
        slot = other.slots.get()
        if fits:
            actions.agree_to_time(slot, by=told.manager)
            continue
        with pytest.raises(Refused, match="at the same time"):
            actions.agree_to_time(slot, by=told.manager)
    assert standing(first).state == "agreed"


def test_the_partner_moves_with_a_reason_and_the_cluster_asks():
    told = voucher_story()
    meeting = agreed(told, ahead(3))
    with pytest.raises(NotAllowed, match="country partner moves"):
        actions.move_meeting(meeting, starts_at=ahead(6), reason="Rain", by=told.manager)
    with pytest.raises(Refused, match="why the meeting is moved"):
        actions.move_meeting(meeting, starts_at=ahead(6), reason=" ", by=told.officer)
    with pytest.raises(Refused, match="at this time already"):
        actions.move_meeting(meeting, starts_at=ahead(3), reason="Rain", by=told.officer)
    meeting = actions.move_meeting(meeting, starts_at=ahead(6), reason="Rain", by=told.officer)
    assert (meeting.sequence, meeting.starts_at) == (1, ahead(6))
    with pytest.raises(Refused, match="why the meeting should be moved"):
        actions.propose_times(meeting, times=[ahead(8)], by=told.manager)
    asked = actions.propose_times(meeting, times=[ahead(8)], by=told.manager, reason="A fair")
    assert (asked.state, asked.turn, asked.starts_at) == ("agreed", "partner", ahead(6))
    moved = actions.agree_to_time(asked.slots.get(proposal_number=2), by=told.officer)
    assert (moved.sequence, moved.starts_at, moved.turn) == (2, ahead(8), "")


def test_what_is_asked_for_may_be_left_as_it_was():
    told = voucher_story()
    meeting = agreed(told, ahead(3))
    actions.propose_times(meeting, times=[ahead(8)], by=told.manager, reason="A fair")
    meeting = actions.keep_time(meeting, by=told.officer)
    assert (meeting.sequence, meeting.starts_at, meeting.turn) == (0, ahead(3), "")
    assert Notice.objects.get(kind="meeting-kept").recipient == told.manager
    with pytest.raises(Refused, match="Nobody asks"):
        actions.keep_time(meeting, by=told.officer)


def test_a_meeting_is_held_once_it_began_with_both_sides_there():
    told = voucher_story()
    meeting = agreed(told, ahead(3))
    with pytest.raises(Refused, match="has not begun"):
        actions.hold_meeting(meeting, attendance=BOTH, by=told.officer)
    with on(ahead(3) + timedelta(minutes=70)):
        with pytest.raises(NotAllowed):
            actions.hold_meeting(meeting, attendance=BOTH, by=told.manager)
        with pytest.raises(Refused, match="somebody of the cluster"):
            actions.hold_meeting(meeting, attendance=BOTH[1:], by=told.officer)
        with pytest.raises(Refused, match="has begun"):
            actions.move_meeting(meeting, starts_at=ahead(6), reason="Rain", by=told.officer)
        meeting = actions.hold_meeting(
            meeting, attendance=BOTH, by=told.officer, notes="We need buyers."
        )
        with pytest.raises(OutOfOrder):
            actions.cancel_meeting(meeting, reason="No", by=told.officer)
    assert [(each.name, each.was_present) for each in meeting.attendances.all()] == [
        ("Rami Khoury", True),
        ("Nadine", True),
        ("Somebody", False),
    ]


def test_the_database_holds_sequence_time_and_what_is_over():
    told = voucher_story()
    meeting = agreed(told, ahead(3))
    meeting = actions.move_meeting(meeting, starts_at=ahead(6), reason="Rain", by=told.officer)
    for change in (
        "sequence = 0",
        "starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'",
        "uid = gen_random_uuid()",
        "state = 'took_place', held_by_id = organiser_id, held_at = now()",
        "state = 'cancelled', cancelled_at = now(), cancelled_by_id = organiser_id",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            execute(f"UPDATE vouchers_meeting SET {change} WHERE id = {meeting.pk}")
    actions.cancel_meeting(meeting, reason="No time", by=told.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(f"UPDATE vouchers_meeting SET notes = 'x' WHERE id = {meeting.pk}")


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
