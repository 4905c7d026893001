"""Sessions: logged by cluster, officer or provider, confirmed, returned, taken back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from conduct.queries.days import day_of
from tests.assistance.machine.acting import Acting, names, one_of, people, said, which, words
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.models import Milestone

hours = st.sampled_from(["8", "8", "8", "8", "4", "7.75", "0.25", "0.3", "0", "8.25", "12", "25"])
ago = st.sampled_from([*range(12), *range(6), -1, 13, 40, 400])
experts = st.sampled_from(["amal@example.org", "amal@example.org", "AMAL@example.org", "b@x.org"])


class Working(Acting):
    """Moves of experts, and of those who confirm."""

    @rule(name=names, who=people, place=which, at=hours, before=ago, expert=experts, anew=which)
    def log_a_session(self, name, who, place, at, before, expert, anew):
        by, voucher = self.worker(who, name), self.voucher(name)
        milestone = one_of(Milestone.objects.filter(plan__voucher=voucher), place)
        if milestone is None:
            return
        said_of_it = actions.SessionInput(
            day=day_of(self.now, voucher.country.zone) - timedelta(days=before),
            hours=Decimal(at),
            activity="First draft",
            expert_name="Amal",
            expert_email=expert,
            place="Beirut",
            participants=5,
            women=2,
            young=1,
        )
        returned = Session.objects.filter(voucher=voucher, state="returned").first()
        if anew and returned is not None:
            self.attempt(
                "log anew",
                lambda: actions.log_session_anew(returned, milestone, said_of_it, by=by),
            )
        else:
            self.attempt("log session", lambda: actions.log_session(milestone, said_of_it, by=by))

    @rule(name=names, place=which, before=st.integers(0, 10), expert=experts)
    def work_a_whole_day(self, name, place, before, expert):
        """What is right each time, so that days are used up."""
        self.log_a_session(name, "officer", place, "8", before, expert, 0)

    @rule(name=st.sampled_from(["planned", "contracted"]), place=st.integers(0, 1))
    def work_all_days(self, name, place):
        """More whole days than any milestone has: the last ones are refused."""
        for before in range(7):
            self.log_a_session(name, "officer", place, "8", before, f"e{place}@example.org", 0)

    @rule(name=names, who=people, place=which, reason=words, what=st.integers(0, 4))
    def answer_a_session(self, name, who, place, reason, what):
        by = self.person(who, name)
        session = one_of(Session.objects.filter(voucher=self.voucher(name)), place)
        if session is None:
            return
        if what == 0:
            self.attempt(
                "return session", lambda: actions.return_session(session, reason=reason, by=by)
            )
        elif what == 1:
            self.attempt(
                "take session back", lambda: actions.withdraw_session(session, reason=reason, by=by)
            )
        else:
            self.attempt("confirm session", lambda: actions.confirm_session(session, by=by))

    @rule(
        name=st.sampled_from(["planned", "contracted"]),
        who=st.sampled_from(["manager", "deputy"]),
        before=st.integers(0, 9),
    )
    def log_and_confirm_alone(self, name, who, before):
        """Who may do either is refused both."""
        self.log_a_session(name, who, 0, "4", before, "own@example.org", 0)
        self.answer_a_session(name, who, 0, "", 4)

    @rule(name=names, reason=said)
    def return_the_newest_session(self, name, reason):
        self.answer_a_session(name, "manager", 0, reason, 0)
