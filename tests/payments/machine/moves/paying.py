"""Batches: proposed, authorised by two, exported, booked or given back by hand."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from conduct.queries.days import today
from demonstration.story.paying import exported, paying_profile
from tests.making import today_there
from tests.payments.machine.acting import Acting, officers_of_finance, one_of, people, which, words
from vouchers.payments.batches import actions
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.batches.rules.days import next_bank_day
from vouchers.payments.models import Claim, PaymentOrder


class Paying(Acting):
    """Moves between the approval and the bank's word."""

    @rule(who=people, place=which, several=st.booleans())
    def propose(self, who, place, several):
        approved = Claim.objects.filter(state__in=["approved", "ordered"]).order_by("-pk")
        claims = list(approved) if several else [one for one in [one_of(approved, place)] if one]
        profile, by = paying_profile(self.told.cast), self.person(who)
        day = next_bank_day(today(), profile.weekend, profile.holidays)
        self.attempt(
            "propose batch",
            lambda: actions.propose_batch(profile, claims, execution_on=day, by=by),
        )

    @rule()
    def go_the_whole_way(self):
        claims = list(Claim.objects.filter(state="approved"))
        if claims:
            self.attempt("export batch", lambda: exported(claims, self.told.cast))

    @rule(who=people, place=which, what=st.integers(0, 3), why=words)
    def go_on_with_a_batch(self, who, place, what, why):
        batch, by = one_of(PaymentBatch.objects.all(), place), self.person(who)
        if batch is None:
            return
        if what == 0:
            self.attempt("authorise batch", lambda: actions.authorise_batch(batch, by=by))
        elif what == 1:
            self.attempt("export batch", lambda: actions.export_batch(batch, by=by))
        elif what == 2:
            word = {"bank_reference": "AC04-7", "told_on": today()} if len(why) > 1 else {}
            self.attempt(
                "cancel batch", lambda: actions.cancel_batch(batch, reason=why, by=by, **word)
            )
        else:
            self.attempt(
                "acknowledge batch",
                lambda: actions.acknowledge_batch(batch, bank_reference=why, by=by),
            )

    @rule(who=people, place=which, reference=st.sampled_from(["BK-1", "BK-2", "bk 1", "--"]))
    def book_by_hand(self, who, place, reference):
        payment, by = one_of(PaymentOrder.objects.all(), place), self.person(who)
        if payment is not None:
            self.attempt(
                "record payment",
                lambda: actions.record_payment(
                    payment, paid_on=today_there(), bank_reference=reference, by=by
                ),
            )

    @rule(place=which, who=officers_of_finance)
    def book_rightly(self, place, who):
        self.book_by_hand(who, place, f"BK-X{self.number}")

    @rule(who=people, place=which, why=words)
    def give_back_by_hand(self, who, place, why):
        payment, by = one_of(PaymentOrder.objects.all(), place), self.person(who)
        if payment is not None:
            self.attempt(
                "return payment",
                lambda: actions.return_payment(
                    payment, reason=why, bank_reference="RT-1", told_on=today(), by=by
                ),
            )
