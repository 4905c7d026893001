"""After payment: corrections and recoveries, vouchers that end, periods that are closed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from demonstration.clock import noon, on
from demonstration.signing import signed
from tests.endings.making import ahead, given_up
from tests.making import today_there
from tests.payments.ledger.making import closed
from tests.payments.machine.acting import (
    Acting,
    cents,
    coordinators,
    officers_of_finance,
    one_of,
    people,
    which,
    words,
)
from tests.payments.recoveries.correcting import typed
from vouchers.awards.actions import accept_award, decline_award
from vouchers.awards.actions.offers import lapse_award
from vouchers.endings.tasks import carry_out_endings
from vouchers.payments.models import Claim
from vouchers.payments.recoveries import actions
from vouchers.payments.recoveries.models import Correction, Recovery


class Afterwards(Acting):
    """Moves once money is with its payee, and of what ends."""

    @rule(who=people, place=which, amount=cents)
    def find_something_wrong(self, who, place, amount):
        paid, by = one_of(Claim.objects.filter(state="paid"), place), self.person(who)
        if paid is not None:
            found = typed(paid, str(amount))
            self.attempt("correct", lambda: actions.propose_correction(paid, found, by=by))

    @rule(who=officers_of_finance, amount=st.sampled_from(["0.01", "50.00", "200.00"]))
    def correct_rightly(self, who, amount):
        self.find_something_wrong(who, 0, Decimal(amount))
        self.decide("coordinator", 0, 0, "They say so.")

    @rule(who=people, place=which, what=st.integers(0, 4), why=words)
    def decide(self, who, place, what, why):
        found, by = one_of(Correction.objects.all(), place), self.person(who)
        if found is None:
            return
        if what == 1:
            self.attempt(
                "refuse correction",
                lambda: actions.refuse_correction(found, reason=why, by=by),
            )
        elif what == 2:
            self.attempt("demand", lambda: actions.demand_recovery(found, due_on=ahead(20), by=by))
        elif what == 3:
            self.attempt("set off", lambda: actions.set_off_from_now_on(found, by=by))
        else:
            self.attempt("decide correction", lambda: actions.decide_correction(found, by=by))

    @rule(who=people, place=which, amount=cents, is_waived=st.booleans(), why=words)
    def get_back(self, who, place, amount, is_waived, why):
        found, by = one_of(Correction.objects.all(), place), self.person(who)
        if found is None:
            return
        if is_waived:
            self.attempt(
                "waive", lambda: actions.waive_part(found, amount=amount, reason=why, by=by)
            )
        else:
            self.attempt(
                "receive",
                lambda: actions.receive_part(
                    found, amount=amount, received_on=today_there(), bank_reference=why, by=by
                ),
            )

    @rule(who=officers_of_finance, share=st.sampled_from([1, 2]), is_waived=st.booleans())
    def get_back_rightly(self, who, share, is_waived):
        found = Correction.objects.filter(state__in=Correction.OPEN).order_by("-pk").first()
        if found is not None:
            self.get_back(who, 0, round(found.amount / share, 2), is_waived, "IN 7")

    @rule(who=people, place=which, is_taken_back=st.sampled_from([False, False, True]))
    def say_it_is_back(self, who, place, is_taken_back):
        part, by = one_of(Recovery.objects.all(), place), self.person(who)
        if part is None:
            return
        if is_taken_back:
            self.attempt("take part back", lambda: actions.take_back_part(part, by=by))
        else:
            self.attempt("confirm part", lambda: actions.confirm_part(part, by=by))

    @rule(how=st.sampled_from(["accept", "decline", "lapse"]))
    def answer_the_offer(self, how):
        manager = self.offer.application.cluster.representatives.first().user
        if how == "lapse":
            with on(noon(60)):
                self.attempt("lapse", lambda: lapse_award(self.offer, by=None))
        elif how == "accept":
            self.attempt(
                "accept",
                lambda: accept_award(self.offer, signing=signed(self.offer, manager), by=manager),
            )
        else:
            self.attempt("decline", lambda: decline_award(self.offer, reason="No", by=manager))

    @rule(days=st.sampled_from([30, 61]))
    def give_the_voucher_up(self, days):
        """Once something is paid; what follows without would be refused all the same."""
        if not self.voucher.claims.filter(state="paid").exists():
            return
        self.attempt("give up", lambda: given_up(self.told))
        with on(noon(days)):
            self.attempt("carry out endings", carry_out_endings)

    @rule(who=coordinators)
    def report_and_close(self, who):
        voucher = self.voucher
        if voucher.state == "active" and voucher.claims.filter(state="paid").count() > 1:
            self.attempt("report", self.told._report)
            self.attempt("close", self.told._close)
            assert self.voucher.state != "closed" or self.voucher.balance == 0

    @rule(ago=st.integers(-1, 5))
    def close_the_books(self, ago):
        self.attempt("close books", lambda: closed(ahead(-ago), self.told.cast))
