"""Vouchers that last longer, rest, or end early; and the time that passes."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from conduct.queries.days import day_of
from demonstration.clock import on
from tests.assistance.machine.acting import Acting, names, one_of, people, said
from vouchers.assistance.surveys.actions import make_surveys
from vouchers.endings import actions
from vouchers.endings.actions import (
    bring_up_suspensions,
    carry_out_endings,
    settle_vouchers,
    warn_of_unused_vouchers,
)
from vouchers.standing.actions import judge_outdated

days = st.sampled_from([-3, 0, 10, 30, 31, 45, 60, 400])


class Ending(Acting):
    """Moves about the voucher itself."""

    @rule(name=names, who=people, reason=said, until=days, what=st.integers(0, 3))
    def more_time(self, name, who, reason, until, what):
        by, voucher = self.person(who, name), self.voucher(name)
        asked = one_of(voucher.extensions.all(), 0)
        if asked is None or what == 0:
            self.attempt(
                "ask for extension",
                lambda: actions.ask_for_extension(
                    voucher,
                    until=voucher.valid_until + timedelta(days=until),
                    reason=reason,
                    by=by,
                ),
            )
        elif what == 1:
            self.attempt("decide extension", lambda: actions.decide_extension(asked, by=by))
        elif what == 2:
            self.attempt(
                "refuse extension", lambda: actions.refuse_extension(asked, reason=reason, by=by)
            )
        else:
            self.attempt("withdraw extension", lambda: actions.withdraw_extension(asked, by=by))

    @rule(name=names, who=people, reason=said, review=days, what=st.sampled_from([0, 1, 1, 1]))
    def rest(self, name, who, reason, review, what):
        by, voucher = self.person(who, name), self.voucher(name)
        if what:
            self.attempt("resume", lambda: actions.resume_voucher(voucher, by=by))
        else:
            on_day = day_of(self.now, voucher.country.zone) + timedelta(days=review)
            self.attempt(
                "suspend",
                lambda: actions.suspend_voucher(voucher, review_on=on_day, reason=reason, by=by),
            )

    @rule(name=names, who=people, reason=said, later=days, what=st.integers(0, 9))
    def end(self, name, who, reason, later, what):
        by, voucher = self.person(who, name), self.voucher(name)
        day = day_of(self.now, voucher.country.zone) + timedelta(days=later)
        ending = one_of(voucher.endings.all(), 0)
        if what == 0:
            self.attempt(
                "give up",
                lambda: actions.give_up_voucher(voucher, ends_on=day, reason=reason, by=by),
            )
        elif what == 1:
            self.attempt(
                "confirm lapse", lambda: actions.confirm_lapse(voucher, reason=reason, by=by)
            )
        elif what == 2:
            heir = self.person("deputy", name)
            self.attempt(
                "name representative",
                lambda: actions.name_representative(voucher, person=heir, reason=reason, by=by),
            )
        elif ending is None and what == 3:
            self.attempt(
                "propose ending",
                lambda: actions.propose_ending(voucher, ends_on=day, reason=reason, by=by),
            )
        elif ending is not None and what in (4, 5):
            self.attempt("decide ending", lambda: actions.decide_ending(ending, by=by))
        elif ending is not None and what in (6, 7):
            self.attempt(
                "revoke ending", lambda: actions.revoke_ending(ending, reason=reason, by=by)
            )
        elif ending is not None and what == 8:
            self.attempt(
                "refuse ending", lambda: actions.refuse_ending(ending, reason=reason, by=by)
            )

    @rule(passed=st.sampled_from([1, 1, 2, 3, 5, 20, 60]))
    def time_passes(self, passed):
        """What the clock does by itself is done."""
        self.now += timedelta(days=passed)
        with on(self.now):
            for errand in (
                carry_out_endings,
                settle_vouchers,
                bring_up_suspensions,
                warn_of_unused_vouchers,
                make_surveys,
                judge_outdated,
            ):
                errand()
        self.done["time passes"] += 1
