"""Claims: sent, controlled line by line, approved, returned; what is set aside is decided on."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.payments.machine.acting import Acting, cents, coordinators, one_of, people, which, words
from tests.payments.making import claim
from vouchers.payments import actions
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.payments.models import Claim

# Hundredths of a line that are deducted, or set aside.
shares = st.sampled_from([0, 0, 0, 10, 33, 50, 100])
State = Claim.State


class Claiming(Acting):
    """Moves up to the approval of a claim."""

    def waiting(self, place: int, *states: str) -> Claim | None:
        return one_of(Claim.objects.filter(state__in=states), place)

    @rule(milestone=st.integers(0, 1), amount=cents, who=people)
    def send_a_claim(self, milestone, amount, who):
        line, by = self.told._milestone(milestone), self.person(who)
        number = f"F-{self.number}"
        self.attempt("claim", lambda: claim(line, by, amount=str(amount), number=number))

    @rule(milestone=st.integers(0, 1), amount=cents)
    def send_one_rightly(self, milestone, amount):
        self.send_a_claim(milestone, amount, "manager")

    @rule(place=which, who=people, deducted=shares, parked=shares, why=words)
    def control(self, place, who, deducted, parked, why):
        found = self.waiting(place, State.SUBMITTED, State.SENT_BACK)
        if found is None:
            return
        lines = {
            line.pk: LineFound(
                deducted=_share(line.amount, deducted),
                error_type="evidence" if _share(line.amount, deducted) else "",
                reason=why if _share(line.amount, deducted) else "",
                parked=_share(line.amount, parked),
                park_reason=why if _share(line.amount, parked) else "",
            )
            for line in found.lines.all()
        }
        by = self.person(who)
        what = "control anew" if found.state == State.SENT_BACK else "verify"
        self.attempt(what, lambda: actions.verify_claim(found, by=by, found=lines, reason=why))

    @rule(deducted=st.sampled_from([0, 0, 10]), parked=st.sampled_from([0, 10, 33]))
    def control_rightly(self, deducted, parked):
        self.control(0, "officer", deducted, parked, "The ticket is missing.")

    @rule(place=which, who=people)
    def approve(self, place, who):
        if found := self.waiting(place, State.VERIFIED):
            by = self.person(who)
            self.attempt("approve", lambda: actions.approve_claim(found, by=by))

    @rule(place=which, who=people, why=words)
    def send_back(self, place, who, why):
        if found := self.waiting(place, State.VERIFIED):
            by = self.person(who)
            self.attempt("send back", lambda: actions.send_back(found, reason=why, by=by))

    @rule(who=coordinators)
    def send_back_rightly(self, who):
        self.send_back(0, who, "Which day?")

    @rule(who=coordinators)
    def approve_rightly(self, who):
        self.approve(0, who)

    @rule(place=which, who=people, why=words, what=st.integers(0, 4))
    def turn_down(self, place, who, why, what):
        by = self.person(who)
        found = self.waiting(place, *State.values)
        if found is None:
            return
        if what == 0:
            self.attempt("return", lambda: actions.return_claim(found, reason=why, by=by))
        elif what == 1:
            self.attempt("reject", lambda: actions.reject_claim(found, reason=why, by=by))
        elif what == 2:
            self.attempt("withdraw", lambda: actions.withdraw_claim(found, by=by))
        else:
            self.attempt("reverse", lambda: actions.reverse_approval(found, reason=why, by=by))

    @rule(who=people, hundredths=st.sampled_from([100, 100, 50, 101]), why=words)
    def decide_on_what_is_set_aside(self, who, hundredths, why):
        found = Claim.objects.filter(parked__gt=0).order_by("-pk").first()
        if found is None:
            return
        last = found.controls.latest("number")
        amounts = {
            line.line_id: _share(line.parked, hundredths)
            for line in last.lines.filter(parked__gt=0)
        }
        by = self.person(who)
        if hundredths == 50:
            self.attempt(
                "refuse what was parked",
                lambda: actions.refuse_parked(
                    found, amounts, error_type="evidence", reason=why, by=by
                ),
            )
        else:
            self.attempt(
                "take in what was parked",
                lambda: actions.take_in_parked(found, amounts, reason=why, by=by),
            )

    @rule(hundredths=st.sampled_from([100, 50]))
    def decide_rightly(self, hundredths):
        self.decide_on_what_is_set_aside("officer", hundredths, "The ticket has come.")


def _share(amount: Decimal, hundredths: int) -> Decimal:
    return round(amount * hundredths / 100, 2)
