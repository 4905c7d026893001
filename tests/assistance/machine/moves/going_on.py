"""What is next, by whoever should do it: so that examples come far, among all that is refused."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.assistance.machine.acting import names
from vouchers.assistance.plans.models import PlanVersion
from vouchers.providers.quotes.models import TermsOfReference

from .buying import Buying
from .deciding import Deciding
from .ending import Ending
from .finding import Finding
from .handing import Handing
from .planning import Planning
from .reporting import Reporting
from .working import Working

WHY = "The fair was moved."
_PLAN = PlanVersion.State
_TERMS = TermsOfReference.State


class GoingOn(Finding, Planning, Deciding, Working, Handing, Buying, Reporting, Ending):
    """Moves that are right."""

    @rule(name=names)
    def next_of_the_needs(self, name):
        record = self.record(name, 0)
        if record is None:
            self.write_needs(name, "officer", WHY, "high")
        if record is None or record.state == "draft":
            self.write_needs(name, "officer", WHY, "high")
            self.go_on_with_the_record(name, "officer", 0, WHY, 0)
        elif record.state == "shared":
            self.go_on_with_the_record(name, "manager", 0, WHY, 0)
            self.go_on_with_the_record(name, "officer", 0, WHY, 0)
        elif self.planned(name, 0) is None:
            self.next_of_the_plan(name, "2500")

    @rule(name=names, early=st.booleans())
    def next_of_the_meetings(self, name, early):
        """Proposed, agreed to, and held once its hour has come; or tried before it has."""
        meeting = self.meeting(name, 0)
        if meeting is None or meeting.state in ("took_place", "cancelled"):
            self.propose_a_meeting(name, "officer", 0, 1, 30)
        elif meeting.state == "proposed":
            self.agree_to_a_time(name, "manager", 0)
        else:
            self.now += timedelta(days=0 if early else 2)
            self.end_or_move_a_meeting(name, "officer", 0, WHY, 0, 2)

    @rule(name=names, second=st.sampled_from(["2500", "2499", "1000", "2500.01"]))
    def next_of_the_plan(self, name, second):
        version = self.planned(name, 0)
        if version is None:
            self.write_a_plan(name, "manager", "2500", second, 20)
        elif version.state == _PLAN.DRAFT:
            self.write_a_plan(name, "editor", "2500", second, 20)
            self.send_a_plan(name, "manager", 0)
        elif version.state == _PLAN.SUBMITTED:
            self.approve_for_the_partner(name, "officer", 0)
        else:
            self.begin_an_amendment(name, "manager", WHY, "extension")

    @rule(
        name=names, days=st.sampled_from(["6", "4.5", "2", "0.25"]), drop=st.sampled_from([None, 1])
    )
    def amend_to_other_days(self, name, days, drop):
        """From the wish to the approval; what was worked stands in the way, or does not."""
        self.begin_an_amendment(name, "manager", WHY, "budget")
        self.change_a_draft(name, "manager", days, days, "100", drop)
        self.send_a_plan(name, "manager", 0)
        self.approve_for_the_partner(name, "officer", 0)

    @rule(name=names)
    def plan_a_cent_too_much(self, name):
        """Written, sent and approved by whoever may, but more than the voucher is worth."""
        self.begin_an_amendment(name, "manager", WHY, "budget")
        self.write_a_plan(name, "manager", "2500", "2500.01", 20)
        self.send_a_plan(name, "manager", 0)
        self.approve_for_the_partner(name, "officer", 0)

    @rule(name=names, place=st.integers(0, 1), day=st.integers(0, 9))
    def next_of_the_work(self, name, place, day):
        self.work_a_whole_day(name, place, day, "amal@example.org")
        self.answer_a_session(name, "manager", 0, WHY, 4)

    @rule(name=names, place=st.integers(0, 1))
    def next_of_what_is_handed_in(self, name, place):
        version = self.handed_in(name, 0)
        if version is None or version.state in ("returned", "accepted"):
            self.hand_in(name, "manager", place, WHY, answered=True)
        elif version.state == "submitted":
            self.accept(name, "manager", 0, "cluster")
        else:
            self.accept(name, "officer", 0, "partner")

    @rule(name=names)
    def next_of_the_quotes(self, name):
        terms = self.terms(name)
        if terms is None or terms.state == _TERMS.DRAFT:
            self.ask_for_quotes(name, "officer", 3, 2)
        elif terms.state == _TERMS.ASKING:
            self.offer(name, "400", "420", "EUR")
            self.open_quotes(name, "officer", "manager", 3)
        elif terms.state == _TERMS.OPENED:
            for who in ("manager", "officer"):
                self.declare(name, who, None)
                self.mark(name, who, "3")
            self.choose(name, "manager", "officer", 0, WHY, yes=True)
        elif terms.state == _TERMS.DECIDED:
            self.conclude(name, "officer", "400", 0)

    @rule(name=names)
    def next_of_the_report(self, name):
        self.write_a_report(name, "manager", WHY, 24)
        self.go_on_with_the_report(name, "manager", WHY, 1, ["story"])
        self.go_on_with_the_report(name, "officer", WHY, 3, [])
