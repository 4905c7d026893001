"""Deciding on plans."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from drafts.actions import RemarkInput
from tests.assistance.machine.acting import Acting, names, one_of, people, which, words
from vouchers.assistance.plans import actions
from vouchers.assistance.plans.models import Part, PlanVersion


class Deciding(Acting):
    """Moves of those who approve; an older version than the newest is among what they look at."""

    @rule(name=names, who=people, place=which, twice=st.booleans())
    def approve_a_plan(self, name, who, place, twice):
        version, by = self.to_decide(name, place), self.person(who, name)
        if version is None:
            return
        approve = actions.approve_for_programme if twice else actions.approve_for_partner
        self.attempt("approve plan", lambda: approve(version, by=by))

    @rule(name=names, who=people, place=which)
    def approve_for_the_partner(self, name, who, place):
        version, by = self.to_decide(name, place), self.person(who, name)
        if version is not None:
            self.attempt("approve plan", lambda: actions.approve_for_partner(version, by=by))

    @rule(name=names, who=people, place=which, reason=words, remark=words)
    def return_a_plan(self, name, who, place, reason, remark):
        version, by = self.to_decide(name, place), self.person(who, name)
        if version is not None:
            remarks = [RemarkInput(Part.LINES, remark)]
            self.attempt(
                "return plan",
                lambda: actions.return_version(version, reason=reason, remarks=remarks, by=by),
            )

    def to_decide(self, name: str, place: int) -> PlanVersion | None:
        return one_of(PlanVersion.objects.filter(plan__voucher=self.voucher(name)), place)
