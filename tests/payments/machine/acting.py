"""One step of the machine: somebody tries something, and is heard or refused in the house's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from accounts.models import User
from conduct.actions import Refused
from demonstration.story import VoucherStory
from tests.payments.ledger.making import the_books_hold
from vouchers.awards.models import Award, Voucher
from vouchers.books.models import LedgerEntry

from .invariants import broken_rules

# Those who do something about money twice, who has nothing to do with it once.
WORKING = ("manager", "officer", "coordinator", "second coordinator", "finance", "second finance")
people = st.sampled_from([*WORKING * 2, "stranger"])
coordinators = st.sampled_from(WORKING[2:4])
officers_of_finance = st.sampled_from(WORKING[4:])
# Which one of several, the newest first.
which = st.sampled_from([0, 0, 0, 1, 2])
# A milestone is 3,000 or 2,000 EUR: most claims leave room for others.
cents = st.decimals("0.01", "900.00", places=2) | st.decimals("0.01", "3000.00", places=2)
words = st.sampled_from(["The ticket is missing.", "سبب آخر", "x" * 300, " "])


class Acting(RuleBasedStateMachine):
    """What all moves need: a voucher that is claimed, an award that is offered, and who there is."""

    told: VoucherStory
    offer: Award
    steps = 0
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()

    def begin(self) -> None:
        """Begin an example; everything of it is undone at its end."""
        self.number = 0
        self._example = transaction.atomic()
        self._example.__enter__()

    def teardown(self) -> None:
        if not hasattr(self, "_example"):
            return
        try:
            # By the portal's own check, and by the seals of the chain.
            the_books_hold()
        finally:
            transaction.set_rollback(True)
            self._example.__exit__(None, None, None)

    def attempt(self, what: str, act: Callable[[], Any]) -> Any:
        """Do it, with what waits for a commit; a refusal says why, in words, and moves no money.

        Any other error is a fault: it goes through, and the example fails.
        """
        self.number += 1
        before = LedgerEntry.objects.count()
        try:
            with transaction.atomic():
                made = act()
                connection.check_constraints()
        except (Refused, ValidationError) as refusal:
            sentences = getattr(refusal, "messages", None) or [str(refusal)]
            assert all(sentence.strip() for sentence in sentences), what
            assert LedgerEntry.objects.count() == before, what
            self.refused[what] += 1
            return None
        self.done[what] += 1
        return made

    def person(self, who: str) -> User:
        cast = self.told.cast
        found = {
            "manager": self.told.manager,
            "officer": self.told.officer,
            "stranger": cast.assessors[0],
        }
        pairs = {"coordinator": cast.coordinators, "finance": cast.finance}
        for name, (one, other) in pairs.items():
            found |= {name: one, f"second {name}": other}
        return found[who]

    @property
    def voucher(self) -> Voucher:
        return Voucher.objects.get(pk=self.told.voucher.pk)

    @invariant()
    def no_rule_is_broken(self) -> None:
        """Recomputed from the tables after each step."""
        type(self).steps += 1
        broken = broken_rules()
        assert not broken, broken


def one_of(records: QuerySet, place: int) -> Any:
    """The record at this place, counted from the newest; None where there are not so many."""
    return records.order_by("-pk")[place : place + 1].first()
