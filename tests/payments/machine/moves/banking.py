"""The bank's word: files of statuses and of lines, taken in, matched, set aside, charged."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.payments.bank.making import booked, returned, said, stranger, word
from tests.payments.machine.acting import Acting, officers_of_finance, one_of, people, which, words
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import StatementLine
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import PaymentOrder

statuses = st.sampled_from(["ACCP", "PDNG", "ACSC", "RJCT", "RJCT", "CANC", "BLCK"])
reasons = st.sampled_from(["AC04", "AM04", "DUPL"])


class Banking(Acting):
    """Moves of what the bank says, and of those who take it in."""

    def take_in(self, what: str, content: bytes, who: str) -> None:
        by = self.person(who)

        def read_and_take() -> None:
            file = actions.read_bank_file(BytesIO(content), name="answer.xml", by=by)
            actions.take_in(file, by=by)

        self.attempt(what, read_and_take)

    @rule(who=people, place=which, one=statuses, other=statuses, reason=reasons)
    def report(self, who, place, one, other, reason):
        batch = one_of(PaymentBatch.objects.filter(exported_at__isnull=False), place)
        if batch is None:
            return
        payments = zip(batch.payments.order_by("pk"), (one, other), strict=False)
        told = [
            (payment, status, reason if status in ("RJCT", "CANC") else "")
            for payment, status in payments
        ]
        self.take_in("take report in", word(batch, *told, number=self.number), who)

    @rule(who=officers_of_finance, one=statuses, reason=reasons)
    def report_rightly(self, who, one, reason):
        self.report(who, 0, one, "ACCP", reason)

    @rule(
        who=people,
        place=which,
        kinds=st.lists(
            st.sampled_from(["out", "out", "back", "other", "fee", "short"]), max_size=4
        ),
        again=st.integers(0, 3),
    )
    def state(self, who, place, kinds, again):
        """A statement of what the bank did with one payment, or says it did; lines come again."""
        payment = one_of(PaymentOrder.objects.filter(batch__exported_at__isnull=False), place)
        if payment is None or not kinds:
            return
        out = booked(payment, payment.pk)
        lines = {
            "out": out,
            "back": returned(payment, f"R{payment.pk}"),
            "other": stranger(self.number),
            "fee": stranger(
                f"C{self.number}", end_to_end_id="", amount=Decimal("3.00"), is_charge=True
            ),
            "short": replace(out, amount=out.amount - Decimal("0.01"), reference=f"S{again}"),
        }
        entries = [lines[kind] for kind in kinds if lines[kind].amount > 0]
        if entries:
            self.take_in("take statement in", said(*entries, number=self.number), who)

    @rule(
        who=officers_of_finance,
        place=which,
        kinds=st.sampled_from([["out"], ["out", "back"], ["back"], ["fee", "out"]]),
    )
    def state_rightly(self, who, place, kinds):
        self.state(who, place, kinds, 0)

    @rule(who=people, place=which, other=which, what=st.integers(0, 3), why=words)
    def say_what_a_line_is(self, who, place, other, what, why):
        line, by = one_of(StatementLine.objects.all(), place), self.person(who)
        payment = one_of(PaymentOrder.objects.all(), other)
        if line is None or payment is None:
            return
        if what == 0:
            self.attempt("match line", lambda: actions.match_line(line, payment, by=by))
        elif what == 1:
            self.attempt("set line aside", lambda: actions.set_line_aside(line, reason=why, by=by))
        elif what == 2:
            call = self.told.voucher.award.application.call
            self.attempt("charge line", lambda: actions.charge_line(line, call, by=by))
        else:
            self.attempt("confirm line", lambda: actions.confirm_line(line, by=by))

    @rule(who=officers_of_finance)
    def confirm_what_seems_right(self, who):
        waiting = StatementLine.objects.filter(proposal__isnull=False, match=None)
        for line in waiting.order_by("pk"):
            by = self.person(who)
            self.attempt("confirm line", lambda line=line, by=by: actions.confirm_line(line, by=by))
