"""What is right each time, so that an example comes far."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.payments.machine.acting import cents, coordinators, officers_of_finance
from vouchers.payments.models import Claim
from vouchers.payments.recoveries.models import Correction, Recovery

from .afterwards import Afterwards
from .banking import Banking
from .claiming import Claiming
from .paying import Paying

State = Claim.State
shares = st.sampled_from([0, 10, 33])
answers = st.sampled_from([["out"], ["out"], ["out", "back"], ["back"], ["fee", "out"], ["short"]])


class GoingOn(Claiming, Paying, Banking, Afterwards):
    """All moves together, and the next right one of what is under way."""

    @initialize(
        first=cents, depth=st.integers(1, 5), deducted=shares, parked=shares, answer=answers
    )
    def set_out(self, first, depth, deducted, parked, answer):
        """Each example begins with a claim, as far on its way as it happens to be."""
        self.begin()
        self.send_one_rightly(0, first)
        self.go_on(depth, deducted, parked, "coordinator", "second finance", answer)

    @rule(
        steps=st.integers(1, 4),
        deducted=shares,
        parked=shares,
        coordinator=coordinators,
        finance=officers_of_finance,
        answer=answers,
    )
    def go_on(self, steps, deducted, parked, coordinator, finance, answer):
        """The newest claim that is not at its end, so many steps."""
        for _step in range(steps):
            found = Claim.objects.filter(state__in=[*_UNDER_WAY]).order_by("-pk").first()
            if found is None:
                return
            if found.state == State.SUBMITTED:
                self.control(0, "officer", deducted, parked, "The ticket is missing.")
            elif found.state == State.VERIFIED:
                self.approve(0, coordinator)
            elif found.state == State.APPROVED:
                self.go_the_whole_way()
            else:
                self.state_rightly(finance, 0, answer)
                self.confirm_what_seems_right(finance)

    @rule(first=cents, second=cents, deducted=st.sampled_from([0, 10]), answer=answers)
    def claim_and_go_on(self, first, second, deducted, answer):
        """One after the other, so that several are at their different places."""
        self.send_one_rightly(0, first)
        self.go_on(4, deducted, 10, "coordinator", "second finance", answer)
        self.send_one_rightly(1, second)
        self.go_on(2, 0, 0, "second coordinator", "second finance", answer)

    @rule(
        amount=st.sampled_from(["0.01", "20.00", "50.00"]),
        what=st.sampled_from(["set off", "receive", "waive"]),
        share=st.sampled_from([1, 2]),
    )
    def take_some_back(self, amount, what, share):
        """A correction from its finding to the money that is back, or is to be set off."""
        self.correct_rightly("finance", amount)
        if what == "set off":
            self.decide("finance", 0, 3, "They say so.")
        else:
            self.get_back_rightly("finance", share, what == "waive")
        if Recovery.objects.filter(state="waiting").exists():
            self.say_it_is_back("second finance", 0, is_taken_back=False)
        elif Correction.objects.filter(state="announced").exists():
            self.decide("second finance", 0, 2, "They say so.")


_UNDER_WAY = (State.SUBMITTED, State.VERIFIED, State.APPROVED, State.ORDERED)
