"""Random money, steps and people: after every step the books hold.

Few examples in each run; pytest --hypothesis-profile=searching looks for longer.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from conduct.actions import Refused
from conduct.queries.days import today
from demonstration.clock import noon, on
from demonstration.story.paying import exported
from tests.endings.making import ahead, coordinators, given_up
from tests.making import today_there
from tests.payments.making import claim
from tests.payments.recoveries.correcting import proposed, received
from vouchers.awards.actions import accept_award, decline_award
from vouchers.awards.actions.offers import lapse_award
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerEntry
from vouchers.endings.tasks import carry_out_endings
from vouchers.payments import actions
from vouchers.payments.batches.actions import record_payment, return_payment
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.recoveries.actions import (
    confirm_part,
    decide_correction,
    set_off_from_now_on,
    waive_part,
)
from vouchers.payments.recoveries.models import Correction, Recovery

from .making import closed, the_books_hold, voucher_and_offer

pytestmark = pytest.mark.django_db

CENTS = st.decimals("0.01", "3000.00", places=2)
PEOPLE = st.integers(0, 1)
WHICH = st.integers(0, 5)
_QUICK, _SEARCHING = 6, 150


class Money(RuleBasedStateMachine):
    """Two vouchers' worth of money: one that is claimed, one that is offered."""

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.told, self.offer = TOLD
        self.tried = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def attempt(self, step, *records, **terms):
        """Take a step as far as it is allowed; what is refused leaves nothing behind."""
        self.tried += 1
        before = LedgerEntry.objects.count()
        try:
            with transaction.atomic():
                step(*records, **terms)
        except Refused:
            assert LedgerEntry.objects.count() == before

    def one(self, which, **found):
        records = list(Claim.objects.filter(**found).order_by("pk"))
        return records[which % len(records)] if records else None

    @rule(milestone=st.integers(0, 1), amount=CENTS)
    def claim(self, milestone, amount):
        number = f"F-{self.tried}"
        line = self.told._milestone(milestone)
        self.attempt(claim, line, self.told.manager, amount=str(amount), number=number)

    @rule(which=WHICH, who=PEOPLE)
    def verify_and_approve(self, which, who):
        if found := self.one(which, state="submitted"):
            self.attempt(actions.verify_claim, found, by=self.told.officer)
        if found := self.one(which, state="verified"):
            self.attempt(actions.approve_claim, found, by=coordinators()[who])

    @rule(which=WHICH, who=PEOPLE)
    def give_back(self, which, who):
        if found := self.one(which, state__in=["submitted", "verified"]):
            self.attempt(actions.return_claim, found, reason="No", by=coordinators()[who])

    @rule(which=WHICH)
    def withdraw(self, which):
        if found := self.one(which, state="submitted"):
            self.attempt(actions.withdraw_claim, found, by=self.told.manager)

    @rule(which=WHICH, who=PEOPLE)
    def reverse(self, which, who):
        if found := self.one(which):
            self.attempt(actions.reverse_approval, found, reason="Wrong", by=coordinators()[who])

    @rule(which=WHICH, who=PEOPLE)
    def order(self, which, who):
        if found := self.one(which, state__in=["approved", "ordered"]):
            self.attempt(exported, [found], self.told.cast)

    @rule(which=WHICH, who=PEOPLE, ago=st.integers(0, 3))
    def pay(self, which, who, ago):
        if found := PaymentOrder.objects.filter(state__in=["sent", "paid"]).first():
            self.attempt(
                record_payment,
                found,
                paid_on=today_there(),
                bank_reference=f"BK{self.tried}",
                by=self.told.cast.finance[who],
            )

    @rule(who=PEOPLE)
    def come_back(self, who):
        if found := PaymentOrder.objects.filter(state__in=["sent", "paid"]).first():
            self.attempt(
                return_payment,
                found,
                reason="Closed account",
                bank_reference="AC04",
                told_on=today(),
                by=self.told.cast.finance[who],
            )

    @rule(which=WHICH, who=PEOPLE, amount=CENTS, sets_off=st.booleans())
    def correct(self, which, who, amount, sets_off):
        if found := self.one(which, state="paid"):
            self.attempt(proposed, self.told, found, str(amount))
        if waiting := Correction.objects.filter(state="proposed").first():
            self.attempt(decide_correction, waiting, by=coordinators()[who])
        if sets_off and (open_one := Correction.objects.filter(state="announced").first()):
            self.attempt(set_off_from_now_on, open_one, by=self.told.cast.finance[who])

    @rule(who=PEOPLE, amount=CENTS, is_waived=st.booleans())
    def recover(self, who, amount, is_waived):
        finance = self.told.cast.finance
        if found := Correction.objects.filter(state__in=Correction.OPEN).first():
            if is_waived:
                self.attempt(waive_part, found, amount=amount, reason="Small", by=finance[0])
            else:
                self.attempt(received, self.told, found, str(amount))
        if part := Recovery.objects.filter(state="waiting").first():
            self.attempt(confirm_part, part, by=finance[who])

    @rule(how=st.sampled_from(["accept", "decline", "lapse"]))
    def answer(self, how):
        manager = self.offer.application.cluster.representatives.first().user
        if how == "lapse":
            with on(noon(60)):
                self.attempt(lapse_award, self.offer, by=None)
        elif how == "accept":
            self.attempt(accept_award, self.offer, by=manager)
        else:
            self.attempt(decline_award, self.offer, reason="No", by=manager)

    @rule(days=st.sampled_from([30, 61]))
    def terminate(self, days):
        self.attempt(given_up, self.told)
        with on(noon(days)):
            carry_out_endings()

    @rule(who=PEOPLE)
    def report_and_close(self, who):
        voucher = Voucher.objects.get(pk=self.told.voucher.pk)
        if voucher.claims.filter(state="paid").count() == 2 and voucher.state == "active":
            self.told._report()
            self.attempt(self.told._close)
            assert Voucher.objects.get(pk=voucher.pk).balance == 0

    @rule(ago=st.integers(-1, 5))
    def close_books(self, ago):
        self.attempt(closed, ahead(-ago), self.told.cast)

    @invariant()
    def books_hold(self):
        the_books_hold()


TOLD = None


def test_after_every_step_each_balance_is_its_recomputation():
    global TOLD
    TOLD = voucher_and_offer()
    is_searching = settings.get_current_profile_name() == "searching"
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=_SEARCHING if is_searching else _QUICK,
            stateful_step_count=40 if is_searching else 15,
            deadline=None,
        ),
    )
