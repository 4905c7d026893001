"""Meetings, and the record of needs."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.assistance.machine.acting import Acting, names, one_of, people, said, which, words
from vouchers.assistance.needs import actions
from vouchers.assistance.needs.models import Meeting, MeetingSlot, NeedsRecord
from vouchers.assistance.needs.models.meetings import Side

hours = st.sampled_from([-2, 0, 1, 1, 30, 30, 31, 400])


class Finding(Acting):
    """Moves before there is a plan, and corrections after."""

    def record(self, name: str, place: int) -> NeedsRecord | None:
        return one_of(NeedsRecord.objects.filter(voucher=self.voucher(name)), place)

    def meeting(self, name: str, place: int) -> Meeting | None:
        return one_of(Meeting.objects.filter(voucher=self.voucher(name)), place)

    @rule(name=names, who=people, text=words, urgent=st.sampled_from(["high", "low", "none"]))
    def write_needs(self, name, who, text, urgent):
        by, voucher = self.person(who, name), self.voucher(name)
        record = self.record(name, 0)
        if record is None:
            self.attempt("begin record", lambda: actions.begin_record(voucher, by=by))
            return
        need = record.needs.order_by("pk").first()
        if need is not None:
            parts = {need.pk: actions.NeedInput(text, urgent), actions.DECISIONS: text}
            self.attempt(
                "save record",
                lambda: actions.save_record(
                    record, parts, seen={need.pk: need.version, 0: record.decisions_version}, by=by
                ),
            )

    @rule(name=names, who=people, place=which, reason=words, stale=st.sampled_from([0, 0, 0, 1]))
    def go_on_with_the_record(self, name, who, place, reason, stale):
        """What follows next of it: shared, confirmed, or corrected; or remarked and revised."""
        record, by = self.record(name, place), self.person(who, name)
        if record is None:
            return
        seen = record.sharing_number - stale
        if record.state == NeedsRecord.State.DRAFT:
            self.attempt("share record", lambda: actions.share_record(record, by=by))
        elif record.state == NeedsRecord.State.SHARED:
            self.attempt("confirm record", lambda: actions.confirm_record(record, seen=seen, by=by))
        else:
            self.attempt(
                "correct record", lambda: actions.correct_record(record, reason=reason, by=by)
            )

    @rule(name=names, who=people, place=which, reason=words, back=st.booleans())
    def answer_the_record(self, name, who, place, reason, back):
        record, by = self.record(name, place), self.person(who, name)
        if record is None:
            return
        if back:
            self.attempt("revise record", lambda: actions.revise_record(record, by=by))
        else:
            self.attempt(
                "remark on record",
                lambda: actions.send_remarks(
                    record, {None: reason}, seen=record.sharing_number, by=by
                ),
            )

    @rule(name=names, who=people, place=which, first=hours, second=hours)
    def propose_a_meeting(self, name, who, place, first, second):
        by, voucher, meeting = (
            self.person(who, name),
            self.voucher(name),
            self.meeting(name, place),
        )
        times = [self.now + timedelta(hours=first), self.now + timedelta(hours=second)]
        if meeting is None or place == 0:
            self.attempt(
                "propose meeting",
                lambda: actions.propose_meeting(
                    voucher, times=times, title="How it goes", place="Beirut", by=by
                ),
            )
        else:
            self.attempt(
                "propose times",
                lambda: actions.propose_times(meeting, times=times, reason="Snow.", by=by),
            )

    @rule(name=names, who=people, place=which)
    def agree_to_a_time(self, name, who, place):
        by = self.person(who, name)
        slot = one_of(MeetingSlot.objects.filter(meeting__voucher=self.voucher(name)), place)
        if slot is not None:
            self.attempt("agree to time", lambda: actions.agree_to_time(slot, by=by))

    @rule(name=names, who=people, place=which, reason=said, later=hours, what=st.integers(0, 3))
    def end_or_move_a_meeting(self, name, who, place, reason, later, what):
        by, meeting = self.person(who, name), self.meeting(name, place)
        if meeting is None:
            return
        present = [actions.AttendanceInput(str(by), side) for side in (Side.CLUSTER, Side.PARTNER)]
        moves = {
            "move meeting": lambda: actions.move_meeting(
                meeting, starts_at=self.now + timedelta(hours=later), reason=reason, by=by
            ),
            "cancel meeting": lambda: actions.cancel_meeting(meeting, reason=reason, by=by),
            "hold meeting": lambda: actions.hold_meeting(meeting, attendance=present, by=by),
            "keep time": lambda: actions.keep_time(meeting, by=by),
        }
        chosen = list(moves)[what]
        self.attempt(chosen, moves[chosen])
